namespace MnistNet;

/// <summary>The learning rate of each step, by its schedule.</summary>
internal static class LearningRate
{
    // OneCycle rises over this share of the run, from a 25th of α, and ends at a 10,000th of where it began: the usual
    // figures.
    private const double CycleRise = 0.3, CycleStart = 1.0 / 25, CycleEnd = 1e-4;
    private const int StepCount = 5;

    /// <summary>α of a step.</summary>
    /// <param name="schedule">How α changes.</param>
    /// <param name="peak">The α that the run was given, its largest.</param>
    /// <param name="warmUp">The share of the run over which α rises first; 0 leaves that to the schedule.</param>
    /// <param name="step">The step, counted from 0.</param>
    /// <param name="steps">The number of steps of the run.</param>
    public static double At(Schedule schedule, double peak, double warmUp, int step, int steps)
    {
        double rise = schedule == Schedule.OneCycle && warmUp == 0 ? CycleRise : warmUp;
        double low = schedule == Schedule.OneCycle ? CycleStart : 0;
        double rising = rise * steps;
        if (step < rising)
        {
            // The first step of a warm-up must not be idle: it ends where the rise does, and begins one step above the
            // bottom.
            return peak * (schedule == Schedule.OneCycle
                ? low + ((1 - low) * HalfCosine(1 - (step / rising)))
                : (step + 1) / Math.Max(rising, 1));
        }

        double progress = steps - rising <= 1 ? 0 : (step - rising) / (steps - rising);
        return peak * schedule switch
        {
            Schedule.Constant => 1,
            Schedule.Step => Math.ScaleB(1, -(int)(progress * StepCount)),
            Schedule.Cosine => HalfCosine(progress),
            Schedule.OneCycle => (CycleStart * CycleEnd)
                + ((1 - (CycleStart * CycleEnd)) * HalfCosine((step - rising) / Math.Max(steps - rising - 1, 1))),
            _ => throw new ArgumentOutOfRangeException(nameof(schedule), schedule, "This schedule has no formula."),
        };
    }

    /// <summary>
    /// (1 + cos πt)/2 for t from 0 to 1, from + and × alone (Taylor's series about the nearest end of a quarter turn),
    /// because the platforms' cosines differ in the last bit.
    /// </summary>
    private static double HalfCosine(double t)
    {
        t = Math.Clamp(t, 0, 1);
        double x = Math.PI * (t - 0.5);
        double x2 = x * x, sum = 0;
        for (int k = 21; k >= 1; k -= 2)
        {
            sum = 1 - (x2 / ((k + 1) * (k + 2)) * sum);
        }

        // cos πt = −sin π(t − ½).
        return (1 - (x * sum)) / 2;
    }
}
