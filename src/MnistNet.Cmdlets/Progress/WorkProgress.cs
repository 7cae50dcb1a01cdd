namespace MnistNet.Cmdlets;

/// <summary>How far a piece of work is.</summary>
/// <param name="Status">A few words: this is what people watch.</param>
/// <param name="Fraction">0 to 1; null when that is not known.</param>
/// <param name="Remaining">The time left; null when that is not known.</param>
internal readonly record struct WorkProgress(string Status, double? Fraction = null, TimeSpan? Remaining = null);
