using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>A row of a sweep as it comes from its result file or from another process.</summary>
internal static class SweepRow
{
    /// <summary>Whether an object could be one: it has the columns that only such rows have.</summary>
    internal static bool Is(PSObject item) => item.BaseObject is SweepRun
        || (ObjectRow.Is(item) && item.Properties[nameof(SweepRun.NetworkFingerprint)] is not null);

    /// <summary>Reads a row.</summary>
    /// <exception cref="DataFormatException">It is not one; the message says what is missing.</exception>
    internal static SweepRun Read(PSObject item)
    {
        if (item.BaseObject is SweepRun run)
        {
            return run;
        }

        if (item.Properties[nameof(SweepRun.TestAccuracy)] is null
            && item.Properties[nameof(SweepRun.TrainAccuracy)] is null)
        {
            throw new DataFormatException(
                "NotASweepRow",
                item.BaseObject.GetType().Name,
                "it has neither TestAccuracy nor TrainAccuracy; "
                    + "expected rows of Invoke-TrainingSweep, or of its result file read by Import-Csv.");
        }

        try
        {
            return SweepColumns.Parse(name => TextOf(item, name));
        }
        catch (FormatException exception)
        {
            throw new DataFormatException("NotASweepRow", "The row", exception.Message, exception);
        }
    }

    private static string TextOf(PSObject item, string column)
    {
        object? value = ArgumentValue.Unwrap(item.Properties[column]?.Value);
        return value is string text
            && SweepColumns.IsNumber(column) ? NumberText.ToInvariant(text) : Setting.Text(value);
    }
}
