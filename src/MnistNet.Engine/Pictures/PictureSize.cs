namespace MnistNet;

/// <summary>How large pictures are drawn.</summary>
public enum PictureSize
{
    /// <summary>A cell for each pixel, unless the picture is larger than the screen.</summary>
    Full,

    /// <summary>About 14×14 cells: each the mean of 2×2 pixels of a digit.</summary>
    Small,
}
