namespace MnistNet;

/// <summary>
/// The habits of the hand that writes one digit, all random. Their spreads were settled on MNIST's training images.
/// </summary>
internal readonly struct HandwritingVariation
{
    /// <summary>
    /// The usual width (relative), slant (tangent) and half line width (pixels) of the digits 0 to 9.
    /// </summary>
    private static readonly (double Width, double Slant, double Pen)[] Usual =
    [
        (1.22, 0.21, 1.42), (1.20, 0.26, 1.35), (1.18, 0.12, 1.30), (1.12, 0.06, 1.26), (1.12, 0.18, 1.20),
        (1.18, 0.07, 1.18), (1.16, 0.06, 1.26), (1.23, 0.03, 1.30), (1.15, 0.09, 1.16), (1.15, 0.13, 1.14),
    ];

    private readonly double _width, _slant, _cosine, _sine;
    private readonly double _bow, _fan, _skew, _sag, _tilt, _balance;
    private readonly double _taper, _swell;

    /// <summary>Draws a hand.</summary>
    /// <param name="digit">The digit that it writes, 0 to 9.</param>
    /// <param name="random">Where its habits come from.</param>
    public HandwritingVariation(int digit, SeededRandom random)
    {
        (double width, double slant, double pen) = Usual[digit];
        _width = Math.Clamp(width + (0.18 * random.NextNormal()), 0.5, 1.6);
        _slant = slant + (0.24 * random.NextNormal());

        // From the tangent of half the angle, cosine and sine are rational.
        double half = 0.05 * random.NextNormal();
        _cosine = (1 - (half * half)) / (1 + (half * half));
        _sine = 2 * half / (1 + (half * half));
        _bow = 0.3 * random.NextNormal();
        _fan = 0.3 * random.NextNormal();
        _skew = 0.3 * random.NextNormal();
        _sag = 0.3 * random.NextNormal();
        _tilt = 0.3 * random.NextNormal();
        _balance = 0.25 * random.NextNormal();
        _taper = 0.1 * random.NextNormal();
        _swell = 0.1 * random.NextNormal();
        double unrest = random.NextDouble();
        Jitter = 0.02 + (0.05 * unrest * unrest);
        PenRadius = Math.Clamp(pen + (0.32 * random.NextNormal()), 0.6, 2.6);
        Softness = random.NextDouble(0.5, 0.9);
        Roughness = random.NextDouble(0, 0.1);
    }

    /// <summary>How far each point strays by itself, in digit heights.</summary>
    public double Jitter { get; }

    /// <summary>Half the width of the line in pixels of the framed image.</summary>
    public double PenRadius { get; }

    /// <summary>Half the width in pixels of the grey edge of a line.</summary>
    public double Softness { get; }

    /// <summary>How much the width of the line trembles, relative to it.</summary>
    public double Roughness { get; }

    /// <summary>The relative pressure of the pen, from 0, the beginning of a stroke, to 1, its end.</summary>
    public double Pressure(double along)
    {
        double u = along - 0.5;
        return 1 + (2 * _taper * u) + (_swell * (1 - (8 * u * u)));
    }

    /// <summary>
    /// Where a point of the plain shape comes to lie: bent by polynomials of second degree, then slanted, then turned.
    /// </summary>
    public (double X, double Y) Move(double x, double y)
    {
        x = (x - 0.3) * _width;
        y -= 0.5;
        double bentX = x + (_bow * y * y) + (_fan * x * y) + (_skew * x * x);
        double bentY = y + (_sag * x * x) + (_tilt * x * y) - (_balance * y * y);
        bentX -= _slant * bentY;
        return ((_cosine * bentX) - (_sine * bentY), (_sine * bentX) + (_cosine * bentY));
    }
}
