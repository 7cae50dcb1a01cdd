namespace MnistNet;

/// <summary>What is done to an image before a network sees it. It belongs to the network, as its weights do.</summary>
public enum Preprocessing
{
    /// <summary>Nothing: the network sees the pixels as they are.</summary>
    None,

    /// <summary>
    /// Every digit is moved to the middle, set upright and given one size, by its moments (R. G. Casey, 1970).
    /// </summary>
    MomentNormalization,
}
