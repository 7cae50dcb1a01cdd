using static System.FormattableString;

namespace MnistNet;

/// <summary>One file of a known dataset, under the name its mirrors serve it by.</summary>
/// <param name="Name">Such as <c>train-images-idx3-ubyte.gz</c>.</param>
/// <param name="HoldsImages">Images of 28×28, or else labels.</param>
/// <param name="Count">How many.</param>
/// <param name="Sha256">SHA-256 of the raw (inflated) content, in hex, where it is known.</param>
/// <param name="IsBalanced">Labels of which each of the ten classes has the same number.</param>
internal sealed record DatasetFile(string Name, bool HoldsImages, int Count, string? Sha256, bool IsBalanced)
{
    private const int Side = 28;

    /// <summary>Reads the file and makes sure that it is the one that is meant.</summary>
    /// <exception cref="DataFormatException">It is damaged, or another.</exception>
    /// <exception cref="DataSourceException">It cannot be read.</exception>
    public IdxFile ReadVerified(ContentReader reader, CancellationToken cancellation)
    {
        IdxFile file =
            HoldsImages ? IdxFile.ReadImages(reader, cancellation) : IdxFile.ReadLabels(reader, cancellation);
        if (file.Count != Count || (HoldsImages && (file.Rows != Side || file.Columns != Side)))
        {
            string found =
                HoldsImages ? Invariant(
                    $"{file.Count:N0} images of {file.Rows}×{file.Columns}") : Invariant($"{file.Count:N0} labels");
            string expected =
                HoldsImages ? Invariant($"{Count:N0} images of {Side}×{Side}") : Invariant($"{Count:N0} labels");
            throw new DataFormatException("DatasetMismatch", file.Path, $"it holds {found}; {Name} has {expected}.");
        }

        if (Sha256 is not null && file.GetSha256() is string found256 && found256 != Sha256)
        {
            throw new DataFormatException("HashMismatch", file.Path,
                $"the SHA-256 of its raw content is {found256}; that of {Name} is {Sha256}. It is damaged or another "
                + $"file.");
        }

        if (!HoldsImages)
        {
            byte[] labels = file.GetLabels();
            if (IsBalanced && labels.CountBy(label => label).Any(entry => entry.Value != Count / DigitSet.ClassCount))
            {
                throw new DataFormatException("DatasetMismatch", file.Path,
                    $"its classes differ in number; in this dataset each has {Count / DigitSet.ClassCount:N0}. It is "
                    + $"another dataset's file of the same name.");
            }
        }

        return file;
    }
}
