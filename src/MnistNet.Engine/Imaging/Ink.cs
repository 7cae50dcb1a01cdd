namespace MnistNet;

/// <summary>Which side of a picture is ink.</summary>
public enum Ink
{
    /// <summary>What stands out from the border of the picture.</summary>
    Auto,

    /// <summary>The dark side, as a pen's on paper.</summary>
    Dark,

    /// <summary>The light side, as chalk's on a board.</summary>
    Light,
}
