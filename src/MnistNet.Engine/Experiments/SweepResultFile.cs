using System.Text;

namespace MnistNet;

/// <summary>
/// The rows of a sweep in a CSV file, one appended and flushed to the disk as each run ends. The same sweep can go on with it
/// after an interruption; a row that was cut off by a crash is removed and its run done again.
/// </summary>
public sealed class SweepResultFile : IDisposable
{
    /// <summary>No row of a sweep is longer.</summary>
    private const int MaximumLineLength = 1 << 16;

    private static readonly string Header = string.Join(',', SweepColumns.All.Select(column => column.Name));

    private readonly string _path;
    private readonly Stream _stream;
    private readonly FileStream? _lock;

    private SweepResultFile(string path, Stream stream, FileStream? hold)
    {
        _path = path;
        _stream = stream;
        _lock = hold;
    }

    /// <summary>The rows that were there when the file was opened.</summary>
    public IReadOnlyList<SweepRun> Rows { get; private set; } = [];

    /// <summary>Opens a result file, or makes a new one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="plan">The sweep.</param>
    /// <param name="dataFingerprint">The data's fingerprint, see <see cref="SweepRunner.FingerprintOf"/>.</param>
    /// <exception cref="DataFormatException">The file is none of a sweep's, or damaged.</exception>
    /// <exception cref="SettingException">The file is of another sweep, or another sweep is writing to it.</exception>
    /// <exception cref="IOException">The file could not be read or written.</exception>
    public static SweepResultFile Open(string path, SweepPlan plan, string dataFingerprint)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(plan);
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is string folder && !Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"{path} cannot be written: there is no folder {folder}.");
        }

        FileStream hold = Hold(path);
        FileStream? stream = null;
        try
        {
            stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite, 1);
            return Open(path, stream, hold, plan, dataFingerprint);
        }
        catch
        {
            stream?.Dispose();
            hold.Dispose();
            throw;
        }
    }

    /// <summary>Opens a result file on a stream.</summary>
    internal static SweepResultFile Open(string path, Stream stream, FileStream? hold, SweepPlan plan, string dataFingerprint)
    {
        var file = new SweepResultFile(path, stream, hold);
        file.ReadRows();
        file.RequireSameSweep(plan, dataFingerprint);
        return file;
    }

    /// <summary>Appends a row; when this returns, it is on the disk. When it fails, the file is as it was.</summary>
    /// <exception cref="IOException">The row could not be written, because the disk is full for example.</exception>
    public void Append(SweepRun row)
    {
        string text = string.Join(',', SweepColumns.All.Select(column => Quote(SweepColumns.Text(column.GetValue(row)))));
        AppendLine(_stream.Length == 0 ? $"{Header}\n{text}" : text);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream.Dispose();
        _lock?.Dispose();
    }

    private void AppendLine(string text)
    {
        long length = _stream.Length;
        try
        {
            _stream.Seek(0, SeekOrigin.End);
            _stream.Write(Encoding.UTF8.GetBytes(text + "\n"));
            if (_stream is FileStream file)
            {
                file.Flush(flushToDisk: true);
            }
        }
        catch (IOException exception)
        {
            _stream.SetLength(length);
            throw new IOException($"{_path}: the row could not be appended: {exception.Message} The rows before it are whole; run the same command again once there is room.", exception);
        }
    }

    private static FileStream Hold(string path)
    {
        try
        {
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException exception) when (File.Exists(path + ".lock"))
        {
            throw new SettingException("ResultPath", $"Another sweep is writing to {path}: {exception.Message} Wait for it, or give each sweep a file of its own.", "ResultFileInUse");
        }
    }

    private void ReadRows()
    {
        var rows = new List<SweepRun>();
        int number = 0;
        long end = 0;
        foreach ((string line, long next, bool isWhole) in ReadLines())
        {
            number++;
            if (number == 1)
            {
                if (isWhole && !IsHeader(line))
                {
                    throw new DataFormatException("ResultFileInvalid", _path, $"the first line is '{(line.Length > 80 ? line[..80] + "…" : line)}'; expected the columns of a sweep: {Header}. Give another -ResultPath.");
                }

                if (!isWhole)
                {
                    if (!Header.StartsWith(line, StringComparison.Ordinal))
                    {
                        throw new DataFormatException("ResultFileInvalid", _path, "it has no whole line, and does not begin with the columns of a sweep. Give another -ResultPath.");
                    }

                    break;
                }
            }
            else
            {
                if (!isWhole)
                {
                    // Cut off by a crash, even where what is left looks like a row: the run will be done again.
                    break;
                }

                try
                {
                    rows.Add(Parse(line));
                }
                catch (FormatException exception)
                {
                    throw new DataFormatException("ResultFileInvalid", _path, $"line {number}: {exception.Message}", exception);
                }
            }

            end = next;
        }

        if (_stream.Length != end)
        {
            _stream.SetLength(end);
        }

        Rows = rows;
    }

    /// <summary>The lines, each with the place of the next one and whether it ended with a line break.</summary>
    private IEnumerable<(string Line, long Next, bool IsWhole)> ReadLines()
    {
        _stream.Seek(0, SeekOrigin.Begin);
        var buffered = new BufferedStream(_stream, 1 << 16);
        var bytes = new List<byte>();
        long position = 0;
        int value;
        while ((value = buffered.ReadByte()) >= 0)
        {
            position++;
            if (value == '\n')
            {
                yield return (Decode(bytes), position, true);
                bytes.Clear();
                continue;
            }

            bytes.Add((byte)value);
            if (bytes.Count > MaximumLineLength)
            {
                throw new DataFormatException("ResultFileInvalid", _path, $"it has a line of more than {MaximumLineLength:N0} characters; a sweep's rows are shorter. Give another -ResultPath.");
            }
        }

        if (bytes.Count > 0)
        {
            yield return (Decode(bytes), position, false);
        }
    }

    private static string Decode(List<byte> bytes) => Encoding.UTF8.GetString([.. bytes]).TrimStart('\uFEFF').TrimEnd('\r');

    private static SweepRun Parse(string line)
    {
        List<string> fields = Split(line);
        if (fields.Count != SweepColumns.All.Count)
        {
            throw new FormatException($"{fields.Count} fields; expected {SweepColumns.All.Count}.");
        }

        int next = 0;
        return SweepColumns.Parse(_ => fields[next++]);
    }

    /// <summary>Whether a line names our columns; other programs put them in quotation marks.</summary>
    private static bool IsHeader(string line)
    {
        try
        {
            return Split(line).SequenceEqual(SweepColumns.All.Select(column => column.Name));
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private void RequireSameSweep(SweepPlan plan, string dataFingerprint)
    {
        if (Rows.FirstOrDefault(row => row.DataFingerprint.Length > 0 && row.DataFingerprint != dataFingerprint) is SweepRun other)
        {
            throw new SettingException("ResultPath", $"{_path} holds runs on other data: {other.Data} with fingerprint {other.DataFingerprint}; the data given has {dataFingerprint}. Give another -ResultPath.", "ResultFileOfAnotherSweep");
        }

        if (Rows.Count == 0)
        {
            return;
        }

        Dictionary<string, SweepRun> missing = Rows.GroupBy(SweepColumns.KeyOf).ToDictionary(group => group.Key, group => group.First());
        for (long position = 0; position < plan.Count && missing.Count > 0; position++)
        {
            missing.Remove(SweepColumns.KeyOf(plan[position]));
        }

        if (missing.Count > 0)
        {
            SweepRun foreign = missing.Values.First(), planned = plan[0];
            string difference = string.Join(", ", SweepColumns.Settings
                .Where(column => !Equals(column.GetValue(foreign), column.GetValue(planned)))
                .Select(column => $"{column.Name} {SweepColumns.Text(column.GetValue(foreign))}"));
            throw new SettingException("ResultPath", $"{_path} holds {missing.Count:N0} runs that are not in this sweep, the first with {difference}. Give the sweep that the file is of, a larger one that has it in it, or another -ResultPath.", "ResultFileOfAnotherSweep");
        }
    }

    private static string Quote(string text)
        => text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static List<string> Split(string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        bool isQuoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (isQuoted && c == '"' && i + 1 < line.Length && line[i + 1] == '"')
            {
                field.Append('"');
                i++;
            }
            else if (c == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (c == ',' && !isQuoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(c);
            }
        }

        fields.Add(field.ToString());
        return isQuoted ? throw new FormatException("a quotation mark is not closed.") : fields;
    }
}
