using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>
/// Lets <c>-Network</c> take a <see cref="Network"/>, a <see cref="TrainingResult"/>, or the path of a file that holds
/// a network.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class NetworkTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Whether a <see cref="TrainingResult"/> stays one, for commands that keep its facts.</summary>
    public bool KeepTraining { get; init; }

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        switch (ArgumentValue.Unwrap(inputData))
        {
            case Network network:
                return network;
            case TrainingResult result:
                return KeepTraining ? result : result.Network;
            case string path:
                return Load(engineIntrinsics.SessionState, path);
            case FileInfo file:
                return Load(engineIntrinsics.SessionState, file.FullName);
            case DigitData or MnistDataset or DigitSet or Digit:
                // Most likely on its way down the pipeline to -Data.
                return inputData;
            case var other:
                throw ArgumentValue.Refusal(
                    "A network is needed: one from New-Network or Import-Network, a result of Invoke-Training, "
                    + $"or the path of a network's file; found {ArgumentValue.Describe(other)}.");
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
