using MnistNet.Bench;

try
{
    var options = BenchOptions.Parse(args);
    if (options.HelpWanted)
    {
        Console.WriteLine(BenchOptions.Usage);
        return 0;
    }

    var report = new Report();
    var session = new BenchSession(options, report);
    session.Run();
    if (options.Path is string path)
    {
        report.Write(path);
        Console.WriteLine($"Written to {path}.");
    }

    return 0;
}
catch (Exception error) when (error is BenchException or MnistNet.MnistNetException or IOException)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}
