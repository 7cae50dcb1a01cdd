namespace MnistNet;

/// <summary>The habits of the hand that writes one digit, all random.</summary>
internal readonly struct Hand
{
    /// <summary>The usual width (relative), slant (tangent) and half line width (pixels) of each digit in MNIST's training images.</summary>
    private static readonly (double Width, double Slant, double Pen)[] Usual =
    [
        (1.25, 0.20, 1.42), (1.2, 0.26, 1.35), (1.18, 0.12, 1.30), (1.12, 0.06, 1.26), (1.18, 0.24, 1.20),
        (1.18, 0.07, 1.18), (1.16, 0.06, 1.26), (1.23, 0.03, 1.30), (1.15, 0.09, 1.16), (1.15, 0.13, 1.14),
    ];

    private readonly double _width, _slant, _cosine, _sine, _bendX, _bendY, _shearX, _shearY, _taper, _bulge, _balance, _skew;

    /// <summary>Draws a hand.</summary>
    public Hand(SeededRandom random, int label)
    {
        (double usualWidth, double usualSlant, double usualPen) = Usual[label];
        double width = usualWidth + (0.18 * random.NextNormal());
        _width = Math.Clamp(width, 0.5, 1.6);
        _slant = usualSlant + (0.24 * random.NextNormal());

        // With the tangent of half the angle, cosine and sine are rational.
        double half = 0.05 * random.NextNormal();
        _cosine = (1 - (half * half)) / (1 + (half * half));
        _sine = 2 * half / (1 + (half * half));
        _bendX = 0.3 * random.NextNormal();
        _bendY = 0.3 * random.NextNormal();
        _shearX = 0.35 * random.NextNormal();
        _shearY = 0.3 * random.NextNormal();
        _balance = 0.2 * random.NextNormal();
        _skew = 0.3 * random.NextNormal();
        _taper = 0.1 * random.NextNormal();
        _bulge = 0.1 * random.NextNormal();
        double jitter = random.NextDouble();
        Jitter = 0.02 + (0.05 * jitter * jitter);
        double pen = usualPen + (0.32 * random.NextNormal());
        PenRadius = Math.Clamp(pen, 0.6, 2.6);
        Softness = random.NextDouble(0.5, 0.9);
        Roughness = random.NextDouble(0, 0.1);
    }

    /// <summary>How far a point strays, in digit heights.</summary>
    public double Jitter { get; }

    /// <summary>Half the width of the line in pixels of the framed image.</summary>
    public double PenRadius { get; }

    /// <summary>Half the width in pixels of the grey edge of a line.</summary>
    public double Softness { get; }

    /// <summary>How much the width of the line trembles, relative to it.</summary>
    public double Roughness { get; }

    /// <summary>The relative pressure of the pen from 0, the beginning of a stroke, to 1, its end.</summary>
    public double Pressure(double along)
    {
        double u = along - 0.5;
        return 1 + (2 * _taper * u) + (_bulge * (1 - (8 * u * u)));
    }

    /// <summary>Where a point of the plain shape comes to lie.</summary>
    public (double X, double Y) Move(double x, double y)
    {
        x = (x - 0.3) * _width;
        y -= 0.5;
        double bentX = x + (_bendX * ((y * y) - 0.1)) + (_shearX * x * y) + (_skew * x * x);
        double bentY = y + (_bendY * x * x) + (_shearY * x * y) + (_balance * (0.25 - (y * y)));
        bentX -= _slant * bentY;
        return ((_cosine * bentX) - (_sine * bentY), (_sine * bentX) + (_cosine * bentY));
    }
}
