namespace MnistNet;

/// <content>Sets made of digits: of some of a set, and of single ones.</content>
public sealed partial class DigitSet
{
    /// <summary>The digits at the given positions, in that order, as a set of their own.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such position.</exception>
    public DigitSet Select(ReadOnlySpan<int> positions, string? name = null)
    {
        var pixels = new byte[(long)positions.Length * PixelCount];
        byte[]? labels = _labels is null ? null : new byte[positions.Length];
        var indexes = new int[positions.Length];
        string?[]? sources = Sources is null ? null : new string?[positions.Length];
        for (int i = 0; i < positions.Length; i++)
        {
            int position = positions[i];
            ArgumentOutOfRangeException.ThrowIfNegative(position);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(position, Count);
            _pixels.AsSpan(position * PixelCount, PixelCount).CopyTo(pixels.AsSpan(i * PixelCount));
            if (labels is not null)
            {
                labels[i] = _labels![position];
            }

            indexes[i] = IndexOf(position);
            if (sources is not null)
            {
                sources[i] = Sources![position];
            }
        }

        return new DigitSet(name ?? Name, pixels, labels, Rows, Columns, indexes) { Sources = sources };
    }

    /// <summary>The first digits of the set; the whole set when it has no more.</summary>
    public DigitSet Take(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return count >= Count
            ? this
            : new DigitSet(
                Name,
                _pixels.AsSpan(0, count * PixelCount).ToArray(),
                _labels?.AsSpan(0, count).ToArray(),
                Rows,
                Columns,
                Indexes?.AsSpan(0, count).ToArray())
            {
                Sources = Sources?.AsSpan(0, count).ToArray(),
            };
    }

    /// <summary>The same digits with other pixels: the result of work on the images, one by one.</summary>
    /// <param name="pixels">As many grey levels as this set has; taken over.</param>
    internal DigitSet WithPixels(byte[] pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(pixels.Length, _pixels.Length);
        return new DigitSet(Name, pixels, _labels, Rows, Columns, Indexes) { Sources = Sources };
    }

    /// <summary>
    /// Gathers single digits into a set. Digits of one set keep its name, in which their indexes count.
    /// </summary>
    /// <exception cref="ShapeException">The digits differ in size, or there are none.</exception>
    public static DigitSet FromDigits(IReadOnlyList<Digit> digits, string name = "digits")
    {
        if (digits.Count == 0)
        {
            throw new ShapeException("No digits were given: a set needs at least one.", "EmptyBatch");
        }

        int rows = digits[0].Rows, columns = digits[0].Columns;
        bool labeled = digits.All(digit => digit.Label.HasValue);
        var pixels = new byte[(long)digits.Count * rows * columns];
        byte[]? labels = labeled ? new byte[digits.Count] : null;
        var indexes = new int[digits.Count];
        for (int i = 0; i < digits.Count; i++)
        {
            Digit digit = digits[i];
            if (digit.Rows != rows || digit.Columns != columns)
            {
                throw new ShapeException(
                    $"Digit {i} is {digit.Rows}×{digit.Columns}, the ones before it are {rows}×{columns}: "
                    + $"the images of a set have one size.");
            }

            digit.Pixels.CopyTo(pixels, i * rows * columns);
            if (labels is not null)
            {
                labels[i] = (byte)digit.Label!.Value;
            }

            indexes[i] = digit.Index;
        }

        string set = digits[0].Set;
        bool isOfOne = set.Length > 0 && digits.All(digit => digit.Set == set);
        string?[] sources = [.. digits.Select(digit => digit.Source)];
        return new DigitSet(isOfOne ? set : name, pixels, labels, rows, columns, indexes)
        {
            Sources = sources.Any(source => source is not null) ? sources : null,
        };
    }
}
