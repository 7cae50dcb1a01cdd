namespace MnistNet;

/// <summary>What the input of an exported graph takes as a pixel.</summary>
public enum PixelRange
{
    /// <summary>Grey levels 0 to 255, as image files have them; the graph divides by 255.</summary>
    Grey,

    /// <summary>Numbers from 0 to 1, as X of the formulas has them.</summary>
    Unit,
}
