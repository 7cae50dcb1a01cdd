using System.Collections;
using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>
/// Lets <c>-Network</c> take a <see cref="Network"/>, a <see cref="TrainingResult"/>, the path of a file that holds a
/// network, or what was one of these before it went through JSON.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class NetworkTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Whether a <see cref="TrainingResult"/> stays one, for commands that keep its facts.</summary>
    public bool KeepTraining { get; init; }

    /// <summary>Whether several networks are taken: the result is an array then.</summary>
    public bool TakesSeveral { get; init; }

    /// <summary>Whether only what was a network object is taken, not the path of a file.</summary>
    public bool RefusesPaths { get; init; }

    /// <summary>Whether text is JSON that holds a network, in place of the path of a file.</summary>
    public bool TakesJson { get; init; }

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = ArgumentValue.Unwrap(inputData);
        if (value is DigitData or MnistDataset or DigitSet or Digit || DigitRow.Is(inputData))
        {
            // Most likely on its way down the pipeline to -Data.
            return inputData;
        }

        if (!TakesSeveral)
        {
            return Convert(engineIntrinsics.SessionState, inputData);
        }

        object?[] items = value is IList list and not IDictionary ? [.. list] : [inputData];
        if (items.Length == 0 || items.Any(item => ArgumentValue.Unwrap(item) is Digit || DigitRow.Is(item)))
        {
            return inputData;
        }

        return items.Select(item => (Network)Convert(engineIntrinsics.SessionState, item)).ToArray();
    }

    /// <summary>The network or the training behind a value.</summary>
    /// <exception cref="ArgumentTransformationMetadataException">There is none.</exception>
    internal object Convert(SessionState session, object? input)
    {
        switch (ArgumentValue.Unwrap(input))
        {
            case Network network:
                return network;
            case TrainingResult result:
                return KeepTraining ? result : result.Network;
            case string text when TakesJson && NetworkJson.IsText(text):
                return Read(() => NetworkJson.ReadText(text));
            case string path when !RefusesPaths && !TakesJson:
                return Load(session, path);
            case FileInfo file when !RefusesPaths && !TakesJson:
                return Load(session, file.FullName);
            case var other:
                return ConvertRow(input) ?? throw ArgumentValue.Refusal(
                    "A network is needed: one from New-Network or Import-Network, a result of Invoke-Training, "
                    + $"or the path of a network's file; found {ArgumentValue.Describe(other)}.");
        }
    }

    private static Network? ConvertRow(object? input)
    {
        if (ObjectRow.FormerType(input) is "MnistNet.Network" or "MnistNet.TrainingResult")
        {
            throw ArgumentValue.Fault(ObjectPayload.Explain(input!));
        }

        return input is not null && NetworkJson.Is(input) ? Read(() => NetworkJson.Read(input)) : null;
    }

    private static Network Read(Func<Network> read)
    {
        try
        {
            return read();
        }
        catch (MnistNetException exception)
        {
            throw ArgumentValue.Fault(exception);
        }
    }

    private static Network Load(SessionState session, string path)
    {
        try
        {
            return NetworkFile.Load(FileSystemPaths.Resolve(session, path));
        }
        catch (Exception exception) when (ErrorRecords.IsExpected(exception))
        {
            throw new ArgumentTransformationMetadataException(exception.Message, exception);
        }
    }
}
