using System.Runtime.ExceptionServices;

namespace MnistNet.Cmdlets;

/// <summary>
/// Keeps the host alive when an SSH session is lost. When PowerShell's SSH transport closes a broken connection, it
/// flushes once more
/// what could not be written, on a thread of its own where nothing catches the broken pipe, and the whole process would
/// end with the
/// session (SSHClientSessionTransportManager.CloseConnection, as of PowerShell 7.6). That one exception is let go;
/// every other
/// one ends the process as before.
/// </summary>
internal static class LostConnectionGuard
{
    private static int s_isSet;

    /// <summary>Sets the guard, once a process.</summary>
    internal static void Set()
    {
        if (Interlocked.Exchange(ref s_isSet, 1) == 1)
        {
            return;
        }

        try
        {
            ExceptionHandling.SetUnhandledExceptionHandler(IsLostConnection);
        }
        catch (InvalidOperationException)
        {
            // The process has a handler already, which decides what to let go.
        }
    }

    private static bool IsLostConnection(Exception exception)
        => exception is IOException { StackTrace: string trace }
            && trace.Contains("SSHClientSessionTransportManager.CloseConnection", StringComparison.Ordinal);
}
