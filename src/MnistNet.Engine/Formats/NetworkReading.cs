namespace MnistNet;

/// <summary>What reading one network's file told: how it was understood, and what its user should know.</summary>
/// <param name="path">The file's name, for messages.</param>
/// <param name="options">What the caller said of the file.</param>
internal sealed class NetworkReading(string path, NetworkFileOptions options)
{
    private readonly List<string> _notes = [];
    private readonly List<string> _warnings = [];

    /// <summary>The file's name.</summary>
    public string Path { get; } = path;

    /// <summary>What the caller said of the file.</summary>
    public NetworkFileOptions Options { get; } = options;

    /// <summary>How the file was understood.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>What was taken for granted.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Tells how something was understood.</summary>
    public void Note(string sentence) => _notes.Add(sentence);

    /// <summary>Tells what was taken for granted.</summary>
    public void Warn(string sentence) => _warnings.Add(sentence);

    /// <inheritdoc cref="Fail(string, string)"/>
    public DataFormatException Fail(string errorId, InvariantText message) => new(errorId, Path, message);

    /// <summary>The exception for this file.</summary>
    public DataFormatException Fail(string errorId, string message) => new(errorId, Path, message);

    /// <summary>The activation of the hidden layers of a file that does not tell it.</summary>
    /// <param name="told">What the file tells; null when it tells nothing.</param>
    /// <param name="hidden">How many hidden layers there are.</param>
    public Activation ActivationOr(Activation? told, int hidden)
    {
        if (told is Activation known)
        {
            return Options.Activation is not Activation other || other == known
                ? known
                : throw Fail(
                    "ActivationMismatch",
                    $"its hidden layers apply {known}, and `Activation` {other} was given. Leave `Activation` away.");
        }

        if (Options.Activation is null && hidden > 0)
        {
            Warn(
                $"{Path} does not tell what its hidden layers apply; ReLU was taken. "
                    + "Give `Activation` when it was another.");
        }

        return Options.Activation ?? Activation.ReLU;
    }
}
