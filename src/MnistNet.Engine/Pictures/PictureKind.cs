namespace MnistNet;

/// <summary>What the numbers of a picture mean, and so how they are coloured.</summary>
public enum PictureKind
{
    /// <summary>Grey levels: black is nothing, white is full ink.</summary>
    Ink,

    /// <summary>Numbers on either side of 0: orange above, blue below, black at 0.</summary>
    Weights,

    /// <summary>What pixels contributed: red for, blue against, over the grey of the ink.</summary>
    Attribution,
}
