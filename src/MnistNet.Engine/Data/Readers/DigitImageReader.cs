namespace MnistNet;

/// <summary>How digits are read from a picture.</summary>
/// <param name="Ink">Which side of the picture is ink.</param>
/// <param name="Multiple">Whether it holds several digits.</param>
/// <param name="NoFraming">Whether the picture is taken as it is, pixel by pixel, without looking for ink.</param>
public sealed record DigitImageOptions(Ink Ink = Ink.Auto, bool Multiple = false, bool NoFraming = false);

/// <summary>Reads handwritten digits from picture files.</summary>
public static class DigitImageReader
{
    /// <summary>Reads the digits of one picture.</summary>
    /// <param name="path">A file in PNG, JPEG or BMP.</param>
    /// <param name="options">How to read it.</param>
    /// <param name="firstIndex">The index of the first digit; the others follow.</param>
    /// <param name="label">What all its digits are, 0 to 9; null when it is not known.</param>
    /// <param name="say">Is told what was decided.</param>
    /// <exception cref="DataFormatException">The file is not such a picture, is damaged, or holds no digit.</exception>
    public static IReadOnlyList<Digit> Load(
        string path, DigitImageOptions? options =
            null, int firstIndex = 0, int? label = null, Action<string>? say = null)
    {
        options ??= new DigitImageOptions();
        say ??= _ => { };
        string name = Path.GetFileName(path);
        GreyImage image = ImageFile.Load(path);
        if (options.NoFraming)
        {
            // A digit's ink is light on dark; so are the digits that this module writes.
            image = options.Ink == Ink.Dark ? image.Invert() : image;
            return [new Digit(firstIndex, label, image.Levels, image.Height, image.Width, name)];
        }

        return [.. DigitFinder.Find(image, options.Ink, options.Multiple, path, say).Select((levels, i) =>
            new Digit(firstIndex + i, label, levels, DigitFraming.Side, DigitFraming.Side, name))];
    }
}
