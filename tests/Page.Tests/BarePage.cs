using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MnistNet.Pages;

/// <summary>
/// The least page that the scripts run in: a network, its data, and the places that scripts fill, under the policy that
/// every page has. It is for tests of the scripts; <c>TrainingReport</c> writes the pages that people see.
/// </summary>
internal sealed class BarePage
{
    public required Network Network { get; init; }

    /// <summary>Digits to check by, and to go through by keyboard.</summary>
    public DigitSet? Checks { get; init; }

    /// <summary>The mean images of the classes and the distance that most digits keep.</summary>
    public (byte[] Means, double Threshold)? Unlike { get; init; }

    public object? Snapshots { get; init; }

    /// <summary>What else stands in the page.</summary>
    public string Body { get; init; } = "";

    /// <summary>Writes the page and gives its path.</summary>
    public string Write(string path)
    {
        string script = PageScripts.Joined;
        string hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));
        string data = JsonSerializer.Serialize(Data()).Replace("<", "\\u003c", StringComparison.Ordinal);
        File.WriteAllText(path, $$"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>Scripts</title>
            <meta name="viewport" content="width=device-width">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src
            'unsafe-inline'; script-src 'sha256-{{hash}}'; base-uri 'none'; form-action 'none'">
            <style>{{Style}}{{PageScripts.Read("drawing.css")}}</style></head><body><main>
            <h1>Scripts</h1><section id="draw"><h2>Draw a digit</h2><div id="draw-app"></div></section>
            <section id="check"><p id="check-result"></p></section>{{Body}}</main>
            <script type="application/json" id="data">{{data}}</script><script>{{script}}</script></body></html>
            """);
        return path;
    }

    private const string Style = """
        :root { --background: #fff; --surface: #f6f6f4; --text: #1c1c1c; --muted: #5c5c5c; --line: #c9c9c4;
          --accent: #0b62b8; --positive: #b35a00; --negative: #1f5fbf; color-scheme: light dark; }
        @media (prefers-color-scheme: dark) { :root { --background: #16171a; --surface: #1f2126; --text: #ececec;
          --muted: #a8abb2; --line: #3b3e45; --accent: #6db3ff; --positive: #ffa028; --negative: #78b4ff; } }
        body { margin: 0 auto; padding: 1rem; max-width: 64rem; background: var(--background); color: var(--text);
          font: 16px/1.5 system-ui, sans-serif; }
        """;

    private object Data() => new
    {
        version = 1,
        network = new
        {
            layers = new[] { Network.Inputs }.Concat(Network.Layers.Select(layer => layer.Outputs)),
            activation = Network.Activation.ToString(),
            preprocessing = Network.Preprocessing.ToString(),
            width = 28,
            height = 28,
            encoding = "float32",
            weights = Base64<float>([.. Network.Parameters.SelectMany(RowMajor)]),
        },
        classNames = Enumerable.Range(0, 10).Select(digit => $"{digit}"),
        checks = Checks is null ? null : new
        {
            count = Checks.Count,
            pixels = Convert.ToBase64String(Checks.Pixels),
            labels = Checks.GetLabels(),
            probabilities = Base64<float>(Predictor.GetProbabilities(Network, Checks)),
        },
        unlike = Unlike is not var (means, threshold) ? null : new
        {
            means = Convert.ToBase64String(means),
            threshold,
            falseAlarmRate = 0.01,
        },
        snapshots = Snapshots,
    };

    internal static string Base64<T>(ReadOnlySpan<T> numbers)
        where T : unmanaged
        => Convert.ToBase64String(MemoryMarshal.AsBytes(numbers));

    private static IEnumerable<float> RowMajor(Matrix matrix)
        => matrix.Rows.SelectMany(row => row).Select(value => (float)value);
}
