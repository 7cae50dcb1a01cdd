using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace MnistNet;

/// <summary>
/// A <see cref="TrainingState"/> as a file: a safetensors container whose last tensor is the SHA-256 of everything
/// before it.
/// </summary>
internal static class CheckpointFile
{
    private const string Format = "MnistNet checkpoint";

    /// <summary>
    /// Rises whenever the content changes its meaning, the kernels' layout of the parameters included.
    /// </summary>
    private const int Version = 2;

    private const int HistoryColumns = 9;

    /// <summary>Writes a checkpoint, whole or not at all.</summary>
    internal static void Write(string path, TrainingState state, IEnumerable<KeyValuePair<string, string>> identity)
    {
        using var buffer = new MemoryStream();
        Safetensors.Write(buffer, [.. Tensors(state)], [
            new("format", Format),
            new("format_version", Text(Version)),
            new("engine_version", EngineVersion.Text),
            new("steps_done", Text(state.StepsDone)),
            new("finite_steps", Text(state.FiniteSteps)),
            new("best_steps", Text(state.BestSteps)),
            new("best_loss", Text(state.BestLoss)),
            new("row_loss", Text(state.Row.Loss)),
            new("row_correct", Text(state.Row.Correct)),
            new("row_images", Text(state.Row.Images)),
            new("row_alpha", Text(state.Row.Alpha)),
            new("row_gradient_squares", Text(state.Row.GradientSquares)),
            new("rows_since_best", Text(state.RowsSinceBest)),
            new("beta1_power", Text(state.Beta1Power)),
            new("beta2_power", Text(state.Beta2Power)),
            new("images_seen", Text(state.ImagesSeen)),
            new("seconds", Text(state.Seconds)),
            new("stop_reason", state.StopReason?.ToString() ?? ""),
            .. identity]);
        Span<byte> content = buffer.GetBuffer().AsSpan(0, (int)buffer.Length);
        SHA256.HashData(content[..^SHA256.HashSizeInBytes], content[^SHA256.HashSizeInBytes..]);
        AtomicFile.Write(path, stream => stream.Write(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    /// <summary>Reads a checkpoint.</summary>
    /// <exception cref="DataFormatException">The file is not a checkpoint, a damaged one, or one of a newer
    /// version.</exception>
    internal static (TrainingState State, IReadOnlyDictionary<string, string> Identity) Read(string path)
    {
        if (new FileInfo(path) is { Exists: true, Length: 0 })
        {
            // A pipe has no length either, and opening one would wait for a writer.
            throw Damaged(path, "it is empty, or no ordinary file");
        }

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        return Read(stream, path);
    }

    /// <summary>Reads a checkpoint from a stream.</summary>
    /// <inheritdoc cref="Read(string)" path="/exception"/>
    internal static (TrainingState State, IReadOnlyDictionary<string, string> Identity) Read(Stream stream, string path)
    {
        SafetensorsContent content;
        try
        {
            content = Safetensors.Read(stream, path);
        }
        catch (DataFormatException exception)
        {
            throw Damaged(path,
                $"it is not a checkpoint, or a damaged one ({exception.Message[(path.Length + 2)..]})", exception);
        }

        if (content.Metadata.GetValueOrDefault("format") != Format)
        {
            throw new DataFormatException("NotACheckpoint", path,
                "it is a safetensors file, but not a checkpoint of a training.");
        }

        string version = content.Metadata.GetValueOrDefault("format_version", "");
        if (version != Text(Version))
        {
            throw new DataFormatException("CheckpointVersion", path,
                $"the checkpoint has format version {version}, written by MnistNet "
                + $"{content.Metadata.GetValueOrDefault("engine_version", "?")}; this is MnistNet "
                + $"{EngineVersion.Text}, which reads version {Version}. Go on with the MnistNet that wrote it.");
        }

        if (!HasSoundChecksum(stream, content))
        {
            throw Damaged(path, "its checksum does not fit its content");
        }

        try
        {
            return (Parse(content), content.Metadata);
        }
        catch (Exception exception)
            when (exception is KeyNotFoundException or FormatException or OverflowException or ArgumentException)
        {
            throw Damaged(path, $"something is missing or wrong in it ({exception.Message})", exception);
        }
    }

    private static IEnumerable<Tensor> Tensors(TrainingState state)
    {
        yield return Floats("parameters", state.Parameters);
        yield return Floats("finite", state.Finite);
        if (state.Best is not null)
        {
            yield return Floats("best", state.Best);
        }

        for (int i = 0; i < state.Optimizer.Length; i++)
        {
            yield return Floats($"optimizer{i}", state.Optimizer[i]);
        }

        yield return History(state.History);
        yield return new Tensor("checksum", TensorType.U8, [SHA256.HashSizeInBytes], new byte[SHA256.HashSizeInBytes]);
    }

    private static bool HasSoundChecksum(Stream stream, SafetensorsContent content)
    {
        if (!content.Tensors.TryGetValue("checksum", out Tensor? checksum)
            || checksum.Bytes.Length != SHA256.HashSizeInBytes)
        {
            return false;
        }

        var bytes = new byte[stream.Length - SHA256.HashSizeInBytes];
        stream.Seek(0, SeekOrigin.Begin);
        stream.ReadExactly(bytes);
        return SHA256.HashData(bytes).AsSpan().SequenceEqual(checksum.Bytes);
    }

    private static TrainingState Parse(SafetensorsContent content)
    {
        IReadOnlyDictionary<string, string> facts = content.Metadata;
        string reason = facts["stop_reason"];
        return new TrainingState
        {
            StepsDone = Whole(facts["steps_done"]),
            Parameters = Floats(content.Tensors["parameters"]),
            Finite = Floats(content.Tensors["finite"]),
            FiniteSteps = Whole(facts["finite_steps"]),
            Row = new RowSums(
                Number(facts["row_loss"]),
                Whole(facts["row_correct"]),
                Whole(facts["row_images"]),
                Number(facts["row_alpha"]),
                Number(facts["row_gradient_squares"])),
            Best = content.Tensors.TryGetValue("best", out Tensor? best) ? Floats(best) : null,
            BestSteps = Whole(facts["best_steps"]),
            Optimizer =
            [
                .. Enumerable.Range(0, 2)
                    .Select(i => $"optimizer{i}")
                    .TakeWhile(content.Tensors.ContainsKey)
                    .Select(name => Floats(content.Tensors[name])),
            ],
            BestLoss = Number(facts["best_loss"]),
            RowsSinceBest = Whole(facts["rows_since_best"]),
            Beta1Power = Number(facts["beta1_power"]),
            Beta2Power = Number(facts["beta2_power"]),
            ImagesSeen = long.Parse(facts["images_seen"], NumberStyles.None, CultureInfo.InvariantCulture),
            Seconds = Number(facts["seconds"]),
            History = History(content.Tensors["history"]),
            StopReason = reason.Length == 0 ? null : Reason(reason),
        };
    }

    private static Tensor Floats(string name, float[] values)
    {
        var bytes = new byte[(long)values.Length * sizeof(float)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        }

        return new Tensor(name, TensorType.F32, [values.Length], bytes);
    }

    private static float[] Floats(Tensor tensor)
    {
        var values = new float[tensor.Bytes.Length / sizeof(float)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(tensor.Bytes.AsSpan(i * sizeof(float)));
        }

        return values;
    }

    private static Tensor History(IReadOnlyList<HistoryRow> history)
    {
        var bytes = new byte[history.Count * HistoryColumns * sizeof(double)];
        Span<byte> rest = bytes;
        foreach (HistoryRow row in history)
        {
            foreach (double value in (ReadOnlySpan<double>)[
                row.Iteration, row.Epoch, row.Loss, row.Accuracy,
                row.ValidationLoss ?? double.NaN, row.ValidationAccuracy ?? double.NaN,
                row.LearningRate, row.GradientNorm, row.Seconds])
            {
                BinaryPrimitives.WriteDoubleLittleEndian(rest, value);
                rest = rest[sizeof(double)..];
            }
        }

        return new Tensor("history", TensorType.F64, [history.Count, HistoryColumns], bytes);
    }

    private static HistoryRow[] History(Tensor tensor)
    {
        if (tensor.Type != TensorType.F64 || tensor.Shape is not [int count, HistoryColumns])
        {
            throw new FormatException(
                $"The history is {tensor.ShapeText} {tensor.Type}; expected rows of {HistoryColumns} F64.");
        }

        var rows = new HistoryRow[count];
        for (int r = 0; r < rows.Length; r++)
        {
            int at = r * HistoryColumns;
            rows[r] = new HistoryRow(
                (int)tensor[at], (int)tensor[at + 1], tensor[at + 2], tensor[at + 3],
                Known(tensor[at + 4]), Known(tensor[at + 5]),
                tensor[at + 6], tensor[at + 7], tensor[at + 8]);
        }

        return rows;

        static double? Known(double value) => double.IsNaN(value) ? null : value;
    }

    // Enum.Parse would also take numbers and lists.
    private static StopReason Reason(string text) => Enum.GetNames<StopReason>().Contains(text, StringComparer.Ordinal)
        ? Enum.Parse<StopReason>(text)
        : throw new FormatException(
            $"The stop reason is '{text}'; expected one of {string.Join(", ", Enum.GetNames<StopReason>())}.");

    private static int Whole(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    private static DataFormatException Damaged(string path, string message, Exception? cause = null)
        => new("CheckpointDamaged", path,
            $"{message}. Remove it and train from the start, or give another `CheckpointPath`.", cause);
}
