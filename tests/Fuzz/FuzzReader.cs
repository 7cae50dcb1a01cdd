namespace MnistNet.Fuzz;

/// <summary>
/// A reader of files that is to be tried with what is not its format. Another reader is a class of its own and a line
/// in
/// <see cref="FuzzReaders"/>.
/// </summary>
internal abstract class FuzzReader
{
    /// <summary>A short name: the argument that chooses the reader, and its folder in the corpus.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// Sound files, small ones, of each kind that the reader knows. They are changed, joined and cut.
    /// </summary>
    public abstract IReadOnlyList<byte[]> MakeSamples();

    /// <summary>Words of the format, which are put into files and taken for one another.</summary>
    public virtual IReadOnlyList<byte[]> Words => [];

    /// <summary>The most memory that the reading of one small file may allocate.</summary>
    public virtual long MemoryLimit => 32 << 20;

    /// <summary>
    /// Reads a file as users have it read, and looks at all that came out. A file that is refused is a
    /// <see cref="MnistNetException"/>; anything else that is thrown is a finding.
    /// </summary>
    public abstract void Read(byte[] file);

    /// <summary>
    /// Mends what a change always breaks, such as a checksum, so that half of the changed files get past the first
    /// look.
    /// </summary>
    public virtual void Repair(byte[] file)
    {
    }
}
