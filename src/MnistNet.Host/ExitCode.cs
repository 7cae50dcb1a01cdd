namespace MnistNet.Host;

/// <summary>What the program ends with, as <c>pwsh</c> does.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>An error ended the script, or was the last thing that a command said.</summary>
    public const int Failure = 1;

    public const int BadCommandLine = 64;

    /// <summary>128 and the number of the signal that Ctrl+C sends.</summary>
    public const int Interrupted = 130;
}
