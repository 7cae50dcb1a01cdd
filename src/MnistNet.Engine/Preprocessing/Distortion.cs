namespace MnistNet;

/// <summary>
/// What augmentation does to one digit in one epoch. The pixel p of the result is read from the image at
/// R(θ)·shear·scale·(p − middle) + middle + shift, and with an elastic field displaced by it.
/// </summary>
/// <param name="ShiftX">Pixels across.</param>
/// <param name="ShiftY">Pixels down.</param>
/// <param name="Angle">θ in radians.</param>
/// <param name="ScaleX">The factor across.</param>
/// <param name="ScaleY">The factor down.</param>
/// <param name="Shear">Pixels across for each pixel down.</param>
/// <param name="FieldX">The elastic field across.</param>
/// <param name="FieldY">The elastic field down.</param>
/// <param name="BendX">The factor of the field across, in pixels; 0 without one.</param>
/// <param name="BendY">The factor of the field down, in pixels; 0 without one.</param>
internal readonly record struct Distortion(
    double ShiftX,
    double ShiftY,
    double Angle,
    double ScaleX,
    double ScaleY,
    double Shear,
    int FieldX,
    int FieldY,
    double BendX,
    double BendY)
{
    /// <summary>
    /// Draws a distortion. It follows from seed, epoch and image alone: neither threads nor interruptions change it.
    /// </summary>
    /// <param name="augmentation">What may be changed.</param>
    /// <param name="strength">How far.</param>
    /// <param name="seed">The seed of the training.</param>
    /// <param name="epoch">The number of the epoch, counted from 0.</param>
    /// <param name="image">The index of the image.</param>
    public static Distortion Draw(
        Augmentation augmentation, AugmentationStrength strength, int seed, int epoch, int image)
    {
        var random = new SeededRandom(seed, RandomPurpose.Augmentation, ((long)epoch << 32) | (uint)image);
        var none = new Distortion(0, 0, 0, 1, 1, 0, 0, 0, 0, 0);
        switch (augmentation)
        {
            case Augmentation.None:
                return none;
            case Augmentation.Shift:
                int ways = (2 * strength.MaximumShift) + 1;
                return none with
                {
                    ShiftX = random.Next(ways) - strength.MaximumShift,
                    ShiftY = random.Next(ways) - strength.MaximumShift,
                };
            case Augmentation.Affine:
            case Augmentation.Elastic:
                Distortion affine = none with
                {
                    ShiftX = random.NextDouble(-strength.MaximumShift, strength.MaximumShift),
                    ShiftY = random.NextDouble(-strength.MaximumShift, strength.MaximumShift),
                    Angle = random.NextDouble(-strength.MaximumRotation, strength.MaximumRotation) * (Math.PI / 180),
                    ScaleX = PortableMath.Exp(random.NextDouble(-strength.MaximumScaling, strength.MaximumScaling)),
                    ScaleY = PortableMath.Exp(random.NextDouble(-strength.MaximumScaling, strength.MaximumScaling)),
                    Shear = random.NextDouble(-strength.MaximumShear, strength.MaximumShear),
                };
                return augmentation == Augmentation.Affine ? affine : affine with
                {
                    FieldX = random.Next(ElasticFields.Count),
                    FieldY = random.Next(ElasticFields.Count),
                    BendX = random.Next(2) == 0 ? strength.Elasticity : -strength.Elasticity,
                    BendY = random.Next(2) == 0 ? strength.Elasticity : -strength.Elasticity,
                };
            default:
                throw new ArgumentOutOfRangeException(nameof(augmentation), augmentation, null);
        }
    }
}
