namespace MnistNet;

/// <summary>What a curve of several runs shows.</summary>
public enum HistoryMetric
{
    /// <summary>The loss on the digits learned from.</summary>
    Loss,

    /// <summary>The accuracy; of a sweep's runs that on the test set, where there is one.</summary>
    Accuracy,

    /// <summary>The loss on the validation share.</summary>
    ValidationLoss,

    /// <summary>The accuracy on the validation share.</summary>
    ValidationAccuracy,
}
