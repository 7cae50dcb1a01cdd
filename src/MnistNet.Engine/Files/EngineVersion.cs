namespace MnistNet;

/// <summary>The version of this engine, which files name so that a later one can say which it was.</summary>
internal static class EngineVersion
{
    /// <summary>Such as <c>0.1.0</c>.</summary>
    internal static string Text { get; } = typeof(EngineVersion).Assembly.GetName().Version!.ToString(3);
}
