namespace MnistNet;

/// <summary>The shape of the input of an exported graph, for N images.</summary>
public enum InputShape
{
    /// <summary>N×784: one row an image.</summary>
    Flat,

    /// <summary>N×1×28×28: one channel of rows and columns.</summary>
    Image,
}
