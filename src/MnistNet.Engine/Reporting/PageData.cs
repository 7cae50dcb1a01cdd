using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MnistNet;

/// <summary>What the page's script works on.</summary>
internal static class PageData
{
    private static readonly JsonWriterOptions s_options = new()
    {
        // Base64 stays as it is; what matters to HTML is escaped below.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The data as JSON that can stand inside a script element.</summary>
    public static string Of(
        IReadOnlyList<string> classNames,
        PageNetwork network,
        PageChecks? checks,
        DigitDistance? unlike,
        PageSnapshots? snapshots)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, s_options))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteStartArray("classNames");
            foreach (string name in classNames)
            {
                json.WriteStringValue(name);
            }

            json.WriteEndArray();
            network.Write(json);
            Write(json, "checks", checks is null ? null : checks.Write);
            Write(json, "unlike", unlike is null ? null : unlike.Write);
            Write(json, "snapshots", snapshots is null ? null : snapshots.Write);
            json.WriteEndObject();
        }

        // Only texts can hold the sign, and a script element ends at nothing but </script.
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length)
            .Replace("<", "\\u003c", StringComparison.Ordinal);
    }

    private static void Write(Utf8JsonWriter json, string name, Action<Utf8JsonWriter>? write)
    {
        if (write is null)
        {
            json.WriteNull(name);
        }
        else
        {
            write(json);
        }
    }
}
