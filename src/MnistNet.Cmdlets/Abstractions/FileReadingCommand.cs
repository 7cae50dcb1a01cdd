using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>
/// The base of cmdlets that read files: <c>-Path</c> with wildcards, or <c>-LiteralPath</c>, which takes files from the
/// pipeline.
/// </summary>
public abstract class FileReadingCommand : MnistNetCommand
{
    private protected const string PathSet = "Path", LiteralPathSet = "LiteralPath";

    /// <summary>The files, by names in which wildcards are allowed.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true,
        ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public virtual string[] Path { get; set; } = [];

    /// <summary>The files, by their exact names.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public virtual string[] LiteralPath { get; set; } = [];

    /// <summary>Works on one file that exists.</summary>
    private protected abstract void ProcessFile(string path);

    private protected override void Process()
    {
        bool literal = ParameterSetName == LiteralPathSet;
        foreach (string path in literal ? LiteralPath : Path)
        {
            foreach (string file in this.ResolveExisting(path, literal))
            {
                Target = file;
                ProcessItem(() => ProcessFile(file));
            }
        }
    }
}
