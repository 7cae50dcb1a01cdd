using System.Diagnostics;

namespace MnistNet.Tests;

/// <summary>Files and programs that were made without this project.</summary>
internal static class Oracles
{
    /// <summary>A file of tests/oracles.</summary>
    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "oracles", name);

    /// <summary>
    /// Runs a program of Python's and gives what it prints; skips the test where a package of it is missing.
    /// </summary>
    public static string RunPython(string package, string code, params string[] arguments)
    {
        // The system's own interpreter has Debian's packages; another one on the PATH may have none.
        string python = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
        try
        {
            Assert.SkipUnless(Run(python, $"import {package}", []).Code == 0, $"{python} has no {package}.");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("There is no Python 3 here.");
        }

        (int exit, string output, string errors) = Run(python, code, arguments);
        Assert.True(exit == 0, errors);
        return output;
    }

    private static (int Code, string Output, string Errors) Run(string python, string code, string[] arguments)
    {
        var start = new ProcessStartInfo(python, ["-c", code, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
