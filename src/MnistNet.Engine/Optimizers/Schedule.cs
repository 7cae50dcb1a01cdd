namespace MnistNet;

/// <summary>How the learning rate α changes from the first step to the last.</summary>
public enum Schedule
{
    /// <summary>α stays as it is.</summary>
    Constant,

    /// <summary>α is halved after each fifth of the run.</summary>
    Step,

    /// <summary>α falls to 0 along half a cosine (I. Loshchilov and F. Hutter, "SGDR", 2017).</summary>
    Cosine,

    /// <summary>
    /// α rises for the first 30 % and falls to nearly 0 by the end, both along a cosine (L. Smith and N. Topin,
    /// "Super-convergence", 2018).
    /// </summary>
    OneCycle,
}
