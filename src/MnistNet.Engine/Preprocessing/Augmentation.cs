namespace MnistNet;

/// <summary>
/// How the digits of a training set are changed at random, afresh in each epoch, so that none is seen twice.
/// </summary>
public enum Augmentation
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Moved by whole pixels.</summary>
    Shift,

    /// <summary>Turned, scaled along each axis, sheared and moved.</summary>
    Affine,

    /// <summary>
    /// The same, and bent as if drawn on rubber (P. Simard, D. Steinkraus and J. Platt, "Best practices for
    /// convolutional
    /// neural networks applied to visual document analysis", 2003).
    /// </summary>
    Elastic,
}
