namespace MnistNet;

/// <summary>Something that learners run into, in plain words.</summary>
/// <param name="Id">A stable identifier, such as <c>DeadUnits</c>.</param>
/// <param name="Message">What was seen, what it means, and what to try.</param>
public sealed record TrainingDiagnostic(string Id, string Message);
