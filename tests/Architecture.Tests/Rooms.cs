namespace MnistNet.Architecture;

/// <summary>
/// The rooms of each project, in order: a room knows itself and the rooms before it, never a later one.
/// </summary>
internal static class Rooms
{
    /// <summary>The rooms of the engine.</summary>
    internal static readonly string[] Engine =
    [
        "Errors", "Numerics", "Files", "Imaging", "Data", "Preprocessing", "Networks", "Optimizers", "Maths", "Kernels",
        "Training", "Evaluation", "Experiments", "Formats", "Pictures", "Reporting",
    ];

    /// <summary>The rooms of the cmdlets.</summary>
    internal static readonly string[] Cmdlets =
    [
        "Text", "Views", "Errors", "Paths", "Arguments", "Progress", "Abstractions", "Remoting", "Commands",
    ];
}
