namespace MnistNet;

/// <summary>Which part of a dataset.</summary>
public enum DatasetSplit
{
    /// <summary>The digits to learn from.</summary>
    Train,

    /// <summary>The digits to be judged by.</summary>
    Test,
}
