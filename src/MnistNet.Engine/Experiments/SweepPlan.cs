namespace MnistNet;

/// <summary>
/// The runs of a sweep: every combination of the values of its axes, or random samples of them. Runs are made as they
/// are asked for.
/// </summary>
public sealed class SweepPlan
{
    private readonly IReadOnlyList<SweepAxis> _axes;
    private readonly int? _samples;
    private readonly int _samplingSeed;

    private SweepPlan(IReadOnlyList<SweepAxis> axes, int? samples, int samplingSeed)
    {
        // The seeds are the last axis, so that the runs of one setting stand together.
        _axes = [.. axes.OrderBy(axis => axis.Name == nameof(SweepRun.Seed))];
        _samples = samples;
        _samplingSeed = samplingSeed;
        if (axes.GroupBy(axis => axis.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new SettingException(twice.Key, $"{twice.Key} is given twice.");
        }

        long count = samples ?? 1;
        foreach (SweepAxis axis in samples is null ? _axes : _axes.Where(axis => axis.Name == nameof(SweepRun.Seed)))
        {
            try
            {
                count = checked(count * axis.Values.Count);
            }
            catch (OverflowException)
            {
                throw new SettingException(
                    axis.Name, "The grid has more runs than can be counted. Give fewer values.", "GridTooLarge");
            }
        }

        Count = count;
    }

    /// <summary>The number of runs.</summary>
    public long Count { get; }

    /// <summary>The names of the settings that take more than one value.</summary>
    public IReadOnlyList<string> Varying => [.. _axes.Where(axis => axis.Values.Count > 1).Select(axis => axis.Name)];

    /// <summary>A run, with its settings filled in. The same plan gives the same run for the same position.</summary>
    /// <param name="position">0 for the first.</param>
    public SweepRun this[long position]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(position);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(position, Count);
            var given = new Dictionary<string, object?>();
            SeededRandom? random = null;
            for (int a = _axes.Count - 1; a >= 0; a--)
            {
                SweepAxis axis = _axes[a];
                object value;
                if (_samples is null || axis.Name == nameof(SweepRun.Seed))
                {
                    value = axis.Values[(int)(position % axis.Values.Count)];
                    position /= axis.Values.Count;
                }
                else
                {
                    random ??= new SeededRandom(_samplingSeed, RandomPurpose.Sweep, position);
                    value = axis.Draw(random);
                }

                given[axis.Name] = value;
            }

            return SweepRun.Of(GivenSettings.Of(given));
        }
    }

    /// <summary>Every combination of the values; the last axis changes fastest, and seeds faster than all.</summary>
    /// <exception cref="SettingException">A setting is given twice, or there are more combinations than can be
    /// counted.</exception>
    public static SweepPlan Grid(IReadOnlyList<SweepAxis> axes) => new(axes, null, 0);

    /// <summary>
    /// Random settings, each with every seed: two numbers are the ends of a range to draw from, other values are picked
    /// from.
    /// </summary>
    /// <param name="axes">What to draw from.</param>
    /// <param name="samples">How many settings.</param>
    /// <param name="samplingSeed">The same seed draws the same settings; more samples leave the first ones as they
    /// were.</param>
    /// <exception cref="SettingException">A setting is given twice, or there are no samples.</exception>
    public static SweepPlan Sample(IReadOnlyList<SweepAxis> axes, int samples, int samplingSeed)
        => samples >= 1
            ? new SweepPlan(axes, samples, samplingSeed)
            : throw new SettingException("Random",
                $"{samples} random settings were asked for: the sweep is empty. Give at least 1.", "EmptyGrid");

    /// <summary>
    /// The positions of one shard: the runs index, index + of, index + 2·of …, so that each shard has its share of the
    /// slow ones.
    /// </summary>
    /// <param name="index">Which shard, 1 to <paramref name="of"/>.</param>
    /// <param name="of">How many shards there are.</param>
    /// <exception cref="SettingException">There is no such shard.</exception>
    public IEnumerable<long> Shard(int index = 1, int of = 1)
    {
        if (of < 1 || index < 1 || index > of)
        {
            throw new SettingException("Index",
                $"Shard {index} of {of} was asked for; shards are counted from 1 to the number given as `Of`.");
        }

        return Positions();

        IEnumerable<long> Positions()
        {
            for (long position = index - 1; position < Count; position += of)
            {
                yield return position;
            }
        }
    }
}
