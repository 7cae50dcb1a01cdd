using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace MnistNet.Tests;

/// <summary>
/// A process, perhaps another user's, that replaces a file: this program itself, told so by a variable.
/// </summary>
internal static class WritingChild
{
    private const string Variable = "MNISTNET_TEST_CHILD_WRITE";

    /// <summary>Starts it through another program, and gives what it said: the error, or <c>written</c>.</summary>
    internal static string Write(string path, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Environment.ProcessPath!);
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet")
        {
            start.ArgumentList.Add(typeof(WritingChild).Assembly.Location);
        }

        start.Environment[Variable] = path;
        start.Environment["HOME"] = Path.GetDirectoryName(path);
        using Process child = Process.Start(start)!;
        string answer = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return answer.TrimEnd();
    }

    [ModuleInitializer]
    internal static void BecomeOne()
    {
        if (Environment.GetEnvironmentVariable(Variable) is string path)
        {
            try
            {
                AtomicFile.Write(path, stream => stream.Write("new"u8));
                Console.Out.WriteLine("written");
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                Console.Out.WriteLine($"{exception.GetType().Name}: {exception.Message}");
            }

            Environment.Exit(0);
        }
    }
}
