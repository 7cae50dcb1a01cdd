using System.Diagnostics;

namespace MnistNet;

/// <summary>Keeps the checkpoint of one training.</summary>
internal sealed class Checkpoints
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly CheckpointSettings _settings;
    private readonly KeyValuePair<string, string>[] _identity;
    private readonly Stopwatch _sinceLast = Stopwatch.StartNew();
    private int _rowsSinceLast;

    /// <summary>Prepares to keep checkpoints.</summary>
    /// <exception cref="SettingException">A setting is out of its range, or a file is there and was not to be gone on
    /// from.</exception>
    internal Checkpoints(CheckpointSettings settings, Network network, DigitSet train, TrainingSettings training)
    {
        if (settings.Every < 1)
        {
            throw new SettingException("CheckpointEvery",
                $"CheckpointEvery is {settings.Every}: it is a number of history rows, at least 1.");
        }

        if (!settings.Resume && File.Exists(settings.Path))
        {
            throw new SettingException("CheckpointPath",
                $"{settings.Path} is there already. Give `Resume` to go on from it, remove it, or give another "
                + $"`CheckpointPath`.",
                "CheckpointExists");
        }

        _settings = settings;
        _identity = [.. CheckpointIdentity.Of(network, train, training)];
    }

    /// <summary>The state to go on from; null to begin at the start.</summary>
    /// <exception cref="DataFormatException">The file is not a sound checkpoint.</exception>
    /// <exception cref="SettingException">It is another training's.</exception>
    internal TrainingState? Load()
    {
        if (!_settings.Resume || !File.Exists(_settings.Path))
        {
            return null;
        }

        (TrainingState state, IReadOnlyDictionary<string, string> identity) = CheckpointFile.Read(_settings.Path);
        CheckpointIdentity.RequireSame(identity, _identity, _settings.Path);
        return state;
    }

    /// <summary>
    /// Saves a first checkpoint before any work, so that a place that cannot be written to is not found out at the end
    /// of it.
    /// </summary>
    /// <exception cref="SettingException">It could not be written.</exception>
    internal void Begin(TrainingState state)
    {
        try
        {
            CheckpointFile.Write(_settings.Path, state, _identity);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingException("CheckpointPath",
                $"The checkpoint {_settings.Path} cannot be written: {exception.Message} Nothing was trained. Give a "
                + $"path that can be written to, or make its folder first.", "CheckpointNotWritable");
        }
    }

    /// <summary>
    /// Saves a checkpoint when it is time for one. Called after each row, and at the end with the reason.
    /// </summary>
    internal void Observe(Func<TrainingState> capture, bool isEnd)
    {
        _rowsSinceLast++;
        if (!isEnd && (_settings.Every is int every ? _rowsSinceLast < every : _sinceLast.Elapsed < Pause))
        {
            return;
        }

        try
        {
            CheckpointFile.Write(_settings.Path, capture(), _identity);
        }
        catch (Exception exception)
            when (_settings.OnFailure is not null && exception is IOException or UnauthorizedAccessException)
        {
            _settings.OnFailure!(exception);
        }

        _rowsSinceLast = 0;
        _sinceLast.Restart();
    }
}
