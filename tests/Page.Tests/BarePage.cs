using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

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

    /// <summary>Digits by which a drawing that is unlike any of them is told, as the network sees them.</summary>
    public DigitSet? Usual { get; init; }

    /// <summary>What else stands in the page.</summary>
    public string Body { get; init; } = "";

    /// <summary>Writes the page and gives its path.</summary>
    public string Write(string path)
    {
        string script = PageResources.Script;
        string hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));
        File.WriteAllText(path, $$"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>Scripts</title>
            <meta name="viewport" content="width=device-width">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src
            'unsafe-inline'; script-src 'sha256-{{hash}}'; base-uri 'none'; form-action 'none'">
            <style>{{PageResources.Style}}</style></head><body><main>
            <h1>Scripts</h1><section id="draw"><h2>Draw a digit</h2><div id="draw-app"></div></section>
            <section id="check"><p id="check-result"></p></section>{{Body}}</main>
            <script type="application/json" id="data">{{Data()}}</script><script>{{script}}</script></body></html>
            """);
        return path;
    }

    private string Data() => PageData.Of(
        [.. Enumerable.Range(0, 10).Select(digit => $"{digit}")],
        PageNetwork.Of(Network),
        PageChecks.Of(Network, Checks),
        Usual is null ? null : DigitDistance.Calibrate(Usual, null),
        null);

    internal static string Base64<T>(ReadOnlySpan<T> numbers)
        where T : unmanaged
        => Convert.ToBase64String(MemoryMarshal.AsBytes(numbers));
}
