namespace MnistNet;

/// <summary>
/// How the first weights of a layer with n inputs and k outputs are drawn. Biases begin at 0, except with
/// <see cref="Uniform"/>.
/// </summary>
public enum Initializer
{
    /// <summary>
    /// Normal with variance 2/n (K. He and others, "Delving deep into rectifiers", 2015). The default: made for ReLU.
    /// </summary>
    He,

    /// <summary>Uniform in ±√(6/(n+k)) (X. Glorot and Y. Bengio, 2010). Made for tanh and sigmoid.</summary>
    Xavier,

    /// <summary>Uniform in ±0.5, biases too: the classic beginner's choice.</summary>
    Uniform,

    /// <summary>All 0: a lesson in why weights must differ, since all hidden units stay the same.</summary>
    Zero,
}
