namespace MnistNet;

/// <summary>Two things whose shapes do not fit: matrices, or a network and its data.</summary>
/// <param name="message">Both shapes, and what to do.</param>
/// <param name="errorId">A stable identifier.</param>
public sealed class ShapeException(string message, string errorId = "ShapeMismatch")
    : MnistNetException(errorId, message)
{
    internal ShapeException(InvariantText message, string errorId = "ShapeMismatch")
        : this(message.ToString(), errorId)
    {
    }
}
