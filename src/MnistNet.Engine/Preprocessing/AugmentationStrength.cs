namespace MnistNet;

/// <summary>How far augmentation may change a digit. Amounts are drawn evenly between − and + these.</summary>
public sealed record AugmentationStrength
{
    /// <summary>The most pixels that a digit is moved, each way.</summary>
    public int MaximumShift { get; init; } = 1;

    /// <summary>The most degrees that it is turned.</summary>
    public double MaximumRotation { get; init; } = 12;

    /// <summary>The most that the logarithm of a side changes: 0.15 makes it 0.86 to 1.16 times as long.</summary>
    public double MaximumScaling { get; init; } = 0.15;

    /// <summary>The most that it is sheared: pixels to the side for each pixel down.</summary>
    public double MaximumShear { get; init; } = 0.15;

    /// <summary>How far its points are displaced when it is bent: the root of the mean square, in pixels.</summary>
    public double Elasticity { get; init; } = 1.3;

    /// <summary>Over how many pixels the displacement evens out: σ of the Gaussian that smooths it.</summary>
    public double Smoothness { get; init; } = 4;
}
