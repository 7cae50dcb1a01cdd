namespace MnistNet;

/// <summary>One image of a digit: grey levels from 0 (background) to 255 (ink), row after row.</summary>
public sealed class Digit
{
    internal Digit(int index, int? label, byte[] pixels, int rows, int columns, string? source = null, string set = "")
    {
        Index = index;
        Label = label;
        Pixels = pixels;
        Rows = rows;
        Columns = columns;
        Source = source;
        Set = set;
    }

    /// <summary>The position in the set it came from, counted from 0.</summary>
    public int Index { get; }

    /// <summary>
    /// The name of the set that the index counts in, such as <c>MNIST test</c>; empty for a digit of none.
    /// </summary>
    public string Set { get; }

    /// <summary>What the digit is, 0 to 9; null when it has no label.</summary>
    public int? Label { get; }

    /// <summary>The grey levels, row after row: 784 bytes for 28×28. A copy of its own.</summary>
    public byte[] Pixels { get; }

    /// <summary>The height in pixels.</summary>
    public int Rows { get; }

    /// <summary>The width in pixels.</summary>
    public int Columns { get; }

    /// <summary>The name of the picture file that it was read from; null for a digit of a data set.</summary>
    public string? Source { get; }

    /// <summary>Such as <c>#3: 1 (28×28)</c>.</summary>
    public override string ToString() =>
        $"#{Index}: {(Label is int label ? label.ToString(System.Globalization.CultureInfo.InvariantCulture) : "?")} "
        + $"({Rows}×{Columns})";
}
