using static System.FormattableString;

namespace MnistNet;

/// <summary>
/// The rows of a sweep in a CSV file, one appended and flushed to the disk as each run ends. The same sweep can go on
/// with it after an interruption; a row that was cut off by a crash is removed and its run done again.
/// </summary>
public sealed class SweepResultFile : IDisposable
{
    /// <summary>No row of a sweep is longer.</summary>
    private const int MaximumLineLength = 1 << 16;

    private static readonly string[] Columns = [.. SweepColumns.All.Select(column => column.Name)];
    private static readonly string Header = CsvLine.Join(Columns);

    private readonly string _path;
    private readonly AppendOnlyFile _file;

    private SweepResultFile(string path, AppendOnlyFile file)
    {
        _path = path;
        _file = file;
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
        try
        {
            return Open(path, AppendOnlyFile.Open(path), plan, dataFingerprint);
        }
        catch (FileHeldException exception)
        {
            throw new SettingException(
                "ResultPath",
                $"Another sweep is writing to {path}: {exception.Message} Wait for it, or give each sweep a file of "
                    + $"its own.",
                "ResultFileInUse");
        }
    }

    /// <summary>Opens a result file that is at hand.</summary>
    internal static SweepResultFile Open(string path, AppendOnlyFile file, SweepPlan plan, string dataFingerprint)
    {
        var results = new SweepResultFile(path, file);
        try
        {
            results.ReadRows();
            results.RequireSameSweep(plan, dataFingerprint);
            return results;
        }
        catch
        {
            results.Dispose();
            throw;
        }
    }

    /// <summary>Appends a row; when this returns, it is on the disk. When it fails, the file is as it was.</summary>
    /// <exception cref="IOException">The row could not be written, because the disk is full for example.</exception>
    public void Append(SweepRun row)
    {
        try
        {
            _file.Append(_file.IsEmpty ? [Header, ToLine(row)] : [ToLine(row)]);
        }
        catch (IOException exception)
        {
            throw new IOException(
                $"{_path}: the row could not be appended: {exception.Message} The rows before it are whole; run the "
                    + $"same command "
                + "again once there is room.",
                exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static string ToLine(SweepRun row) =>
        CsvLine.Join(SweepColumns.All.Select(column => Setting.Text(column.GetValue(row))));

    private void ReadRows()
    {
        (IReadOnlyList<string> lines, string torn) = ReadLines();
        if (lines.Count == 0)
        {
            if (!Header.StartsWith(torn, StringComparison.Ordinal))
            {
                throw Invalid(
                    "it has no whole line, and does not begin with the columns of a sweep. Give another `ResultPath`.");
            }

            _file.RemoveTorn();
            return;
        }

        List<string> columns = SplitHeader(lines[0]);
        var rows = new List<SweepRun>();
        for (int i = 1; i < lines.Count; i++)
        {
            try
            {
                rows.Add(Parse(columns, lines[i]));
            }
            catch (FormatException exception)
            {
                throw Invalid($"line {i + 1}: {exception.Message}", exception);
            }
        }

        _file.RemoveTorn();
        if (columns.Count < Columns.Length)
        {
            // An earlier version wrote it: the rows that will follow have more columns.
            _file.Replace([Header, .. rows.Select(ToLine)]);
        }

        Rows = rows;
    }

    private (IReadOnlyList<string> Lines, string Torn) ReadLines()
    {
        try
        {
            return _file.Read(MaximumLineLength);
        }
        catch (FormatException exception)
        {
            throw Invalid($"{exception.Message}; a sweep's rows are shorter. Give another `ResultPath`.", exception);
        }
    }

    /// <summary>
    /// The columns that a first line names: all, or those of an earlier version. Other programs quote them.
    /// </summary>
    private List<string> SplitHeader(string line)
    {
        try
        {
            List<string> columns = CsvLine.Split(line);
            if (columns.SequenceEqual(
                Columns.Where(column => columns.Contains(column) || !SweepColumns.AddedLater.Contains(column))))
            {
                return columns;
            }
        }
        catch (FormatException)
        {
            // Then it does not name our columns either.
        }

        throw Invalid(
            $"the first line is '{(line.Length > 80 ? line[..80] + "…" : line)}'; expected the columns of a sweep: "
            + $"{Header}. "
            + "Give another `ResultPath`.");
    }

    private static SweepRun Parse(List<string> columns, string line)
    {
        List<string> fields = CsvLine.Split(line);
        if (fields.Count != columns.Count)
        {
            throw new FormatException($"{fields.Count} fields; expected {columns.Count}.");
        }

        return SweepColumns.Parse(name => columns.IndexOf(name) is >= 0 and int at ? fields[at] : null);
    }

    private DataFormatException Invalid(string message, Exception? cause = null) =>
        new("ResultFileInvalid", _path, message, cause);

    private void RequireSameSweep(SweepPlan plan, string dataFingerprint)
    {
        if (Rows.FirstOrDefault(row =>
            row.DataFingerprint != "" && row.DataFingerprint != dataFingerprint) is SweepRun other)
        {
            throw new SettingException(
                "ResultPath",
                $"{_path} holds runs on other data: {other.Data} with fingerprint {other.DataFingerprint}; the data "
                    + $"given has "
                + $"{dataFingerprint}. Give another `ResultPath`.",
                "ResultFileOfAnotherSweep");
        }

        if (Rows.Count == 0)
        {
            return;
        }

        Dictionary<string, SweepRun> missing =
            Rows.GroupBy(SweepColumns.KeyOf).ToDictionary(group => group.Key, group => group.First());
        for (long position = 0; position < plan.Count && missing.Count > 0; position++)
        {
            missing.Remove(SweepColumns.KeyOf(plan[position]));
        }

        if (missing.Count > 0)
        {
            SweepRun foreign = missing.Values.First(), planned = plan[0];
            string difference = string.Join(", ", SweepColumns.Settings
                .Where(column => !Equals(column.GetValue(foreign), column.GetValue(planned)))
                .Select(column => $"{column.Name} {Setting.Text(column.GetValue(foreign))}"));
            throw new SettingException(
                "ResultPath",
                Invariant($"{_path} holds {missing.Count:N0} runs that are not in this sweep, ")
                    + $"the first with {difference}. Give "
                    + $"the sweep that "
                + "the file is of, a larger one that has it in it, or another `ResultPath`.",
                "ResultFileOfAnotherSweep");
        }
    }
}
