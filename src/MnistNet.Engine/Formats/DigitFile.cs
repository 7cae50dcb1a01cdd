namespace MnistNet;

/// <summary>The formats in which digits are saved.</summary>
public enum DigitFileFormat
{
    /// <summary>A picture: the digits in a sheet, light on dark.</summary>
    Png,
}

/// <summary>Saves digits to files.</summary>
public static class DigitFile
{
    /// <summary>The format that a path's extension means.</summary>
    /// <exception cref="SettingException">It means none.</exception>
    public static DigitFileFormat FormatOf(string path) => System.IO.Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".PNG" => DigitFileFormat.Png,
        "" => throw new SettingException("Path",
            $"'{path}' has no extension, which decides the format. Name it with .png.", "UnknownFormat"),
        var other => throw new SettingException(
            "Path",
                $"'{path}' has the extension {other.ToLowerInvariant()}, and digits are not saved in such a format. "
                + $"Name it with .png.", "UnknownFormat"),
    };

    /// <summary>Saves digits.</summary>
    /// <param name="digits">The digits, at least one.</param>
    /// <param name="path">The file, which is written as a whole or not at all.</param>
    /// <param name="format">Its format.</param>
    /// <param name="sheet">How a picture is laid out.</param>
    /// <param name="overwrite">Whether a file that is there may be replaced.</param>
    /// <param name="overwriteReadOnly">Whether even a read-only file may be replaced.</param>
    public static void Save(
        IReadOnlyList<Digit> digits,
        string path,
        DigitFileFormat format,
        DigitSheetOptions? sheet = null,
        bool overwrite = true,
        bool overwriteReadOnly = false)
    {
        switch (format)
        {
            case DigitFileFormat.Png:
                GreyImage image = DigitSheet.Draw(digits, sheet ?? new DigitSheetOptions());
                AtomicFile.Write(path, stream => PngWriter.Write(stream, image), overwrite, overwriteReadOnly);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(format), format, null);
        }
    }
}
