using System.Globalization;
using System.Text.Json;

namespace MnistNet.Bench;

/// <summary>One line of the table: several measurements of one job by one engine.</summary>
/// <param name="Job">What was done.</param>
/// <param name="Engine">By what.</param>
/// <param name="Unit">Of the values.</param>
/// <param name="Values">One a round.</param>
/// <param name="Note">An accuracy, for example.</param>
internal sealed record Measurement(string Job, string Engine, string Unit, IReadOnlyList<double> Values, string Note)
{
    public double Median => Values.Order().ElementAt(Values.Count / 2);

    public double Least => Values.Min();

    public double Most => Values.Max();
}

/// <summary>The table: job, engine, median, spread, and how many times the time of MnistNet.</summary>
internal sealed class Report
{
    private const string Format = "{0,-38} {1,-24} {2,10} {3,-6} {4,21} {5,7}  {6}";

    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    private readonly List<(Measurement Row, double? Ratio)> _rows = [];

    public static void Header() => Console.WriteLine(Format, "Job", "Engine", "Median", "", "Spread", "Ratio", "Note");

    /// <summary>Prints the rows of a job. The first is MnistNet's, to which the others are compared.</summary>
    public void Add(IEnumerable<Measurement> rows, bool compare = true)
    {
        double? first = null;
        foreach (Measurement row in rows)
        {
            first ??= row.Median;
            double? ratio = compare ? row.Median / first : null;
            _rows.Add((row, ratio));
            Console.WriteLine(
                Format, row.Job, row.Engine, Number(row.Median), row.Unit, $"{Number(row.Least)}..{Number(row.Most)}",
                ratio is double times ? times.ToString("F2", CultureInfo.InvariantCulture) : "", row.Note);
        }
    }

    /// <summary>What was measured on: a line each for runtime, processor, data and peers.</summary>
    public IReadOnlyList<string> Machine { get; set; } = [];

    /// <summary>Writes the table: as CSV, or as JSON with every round where the name says so.</summary>
    public void Write(string path)
    {
        if (Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase))
        {
            WriteJson(path);
        }
        else
        {
            WriteCsv(path);
        }
    }

    private void WriteJson(string path)
    {
        var table = new
        {
            Version = typeof(Trainer).Assembly.GetName().Version?.ToString(3),
            Date = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Machine,
            Rows = _rows.Select(pair => new
            {
                pair.Row.Job,
                pair.Row.Engine,
                pair.Row.Unit,
                pair.Row.Median,
                pair.Ratio,
                pair.Row.Values,
                pair.Row.Note,
            }),
        };
        File.WriteAllText(path, JsonSerializer.Serialize(table, s_indented));
    }

    private void WriteCsv(string path)
    {
        IEnumerable<string> lines = _rows.Select(pair => string.Join(',', new[]
        {
            pair.Row.Job, pair.Row.Engine, Exact(pair.Row.Median), pair.Row.Unit,
            Exact(pair.Row.Least), Exact(pair.Row.Most),
            pair.Ratio is double ratio ? Exact(ratio) : "", pair.Row.Note,
        }.Select(text => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")));
        File.WriteAllLines(path, lines.Prepend("Job,Engine,Median,Unit,Least,Most,Ratio,Note"));
    }

    private static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString(
        value >= 1000 ? "N0" : value >= 100 ? "F1" : value >= 1 ? "F2" : "F4", CultureInfo.InvariantCulture);
}
