using System.Diagnostics;

namespace MnistNet.Fuzz;

/// <summary>
/// Tries one reader with one file after another. The same seed tries the same files in the same order.
/// </summary>
internal sealed class FuzzRun
{
    /// <summary>No file grows beyond this.</summary>
    private const int LongestFile = 1 << 15;

    /// <summary>A file that is refused in a new way joins those that are changed, up to so many.</summary>
    private const int LargestPool = 256;

    private static readonly TimeSpan TooSlow = TimeSpan.FromSeconds(1);

    private readonly FuzzReader _reader;
    private readonly Random _random;
    private readonly Mutator _mutator;
    private readonly List<byte[]> _pool;
    private readonly int _soundCount;
    private readonly HashSet<string> _outcomes = [];
    private readonly HashSet<string> _faults = [];
    private readonly List<Finding> _findings = [];
    private readonly Dictionary<string, byte[]> _shortest = [];

    /// <param name="reader">The reader to try.</param>
    /// <param name="seed">Decides which files are made.</param>
    /// <param name="corpus">Files that are tried first as they are, and then changed.</param>
    public FuzzRun(FuzzReader reader, int seed, IEnumerable<byte[]> corpus)
    {
        _reader = reader;
        _random = new Random(seed);
        _mutator = new Mutator(_random, reader.Words);
        _pool = [.. reader.MakeSamples(), .. corpus];
        _soundCount = _pool.Count;
        foreach (byte[] file in _pool.ToArray())
        {
            Try(file);
        }
    }

    /// <summary>The number of files tried.</summary>
    public long Count { get; private set; }

    /// <summary>The number of them that were read, not refused.</summary>
    public long ReadCount { get; private set; }

    /// <summary>The longest time that one file took.</summary>
    public TimeSpan Slowest { get; private set; }

    /// <summary>The most memory that one file allocated.</summary>
    public long LargestMemory { get; private set; }

    /// <summary>The ways in which files were read and refused.</summary>
    public int OutcomeCount => _outcomes.Count;

    /// <summary>What must not happen and did, each kind once.</summary>
    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>The shortest file for each id of an error, and one that was read.</summary>
    public IReadOnlyDictionary<string, byte[]> Shortest => _shortest;

    /// <summary>Tries files until there have been so many, or the time is over.</summary>
    public void Try(long count, TimeSpan time)
    {
        long start = Stopwatch.GetTimestamp();
        for (; count > 0 && Stopwatch.GetElapsedTime(start) < time; count--)
        {
            byte[] file = _mutator.Change(Pick(), Pick(), LongestFile);
            if (_random.Next(2) == 0)
            {
                _reader.Repair(file);
            }

            Try(file);
        }

        // Half of the files are one step from a sound one: what was refused leads ever further away from the format.
        byte[] Pick() => _pool[_random.Next(_random.Next(2) == 0 ? _soundCount : _pool.Count)];
    }

    private void Try(byte[] file)
    {
        Count++;
        (string id, Exception? exception, TimeSpan time, long memory) = Measure(file);
        if (time > TooSlow)
        {
            // A busy machine is not the reader's fault.
            time =
                TimeSpan.FromTicks(Math.Min(time.Ticks, Math.Min(Measure(file).Time.Ticks, Measure(file).Time.Ticks)));
        }

        Slowest = time > Slowest ? time : Slowest;
        LargestMemory = Math.Max(LargestMemory, memory);
        ReadCount += exception is null ? 1 : 0;
        if (exception is not null and not MnistNetException)
        {
            Report(file, exception.ToString(), $"{exception.GetType().Name} {exception.StackTrace?.Split('\n')[0]}");
        }
        else if (time > TooSlow)
        {
            Report(file, $"It took {time.TotalSeconds:F1} s.", "slow");
        }
        else if (memory > _reader.MemoryLimit)
        {
            Report(file, $"It took {memory / 1e6:F0} MB.", "memory");
        }

        if (!_shortest.TryGetValue(id, out byte[]? shortest) || file.Length < shortest.Length)
        {
            _shortest[id] = file;
        }

        // The method that refused it, and not the message, which may hold the file's own words.
        if (_outcomes.Add($"{id} {exception?.TargetSite?.Name}") && _pool.Count < LargestPool)
        {
            _pool.Add(file);
        }
    }

    private (string Id, Exception? Exception, TimeSpan Time, long Memory) Measure(byte[] file)
    {
        byte[] copy = [.. file];
        long before = GC.GetAllocatedBytesForCurrentThread(), start = Stopwatch.GetTimestamp();
        Exception? caught = null;
        try
        {
            _reader.Read(copy);
        }
        catch (Exception exception)
        {
            caught = exception;
        }

        TimeSpan time = Stopwatch.GetElapsedTime(start);
        long memory = GC.GetAllocatedBytesForCurrentThread() - before;
        return ((caught as MnistNetException)?.ErrorId ?? caught?.GetType().Name ?? "read", caught, time, memory);
    }

    private void Report(byte[] file, string what, string kind)
    {
        if (_faults.Add(kind))
        {
            _findings.Add(new Finding(_reader.Name, file, what));
        }
    }
}

/// <summary>A file that did what no file may do.</summary>
/// <param name="Reader">The reader.</param>
/// <param name="File">The file.</param>
/// <param name="What">What happened.</param>
internal sealed record Finding(string Reader, byte[] File, string What);
