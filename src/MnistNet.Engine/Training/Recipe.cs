namespace MnistNet;

/// <summary>Settings that are known to work well together on MNIST.</summary>
public enum Recipe
{
    /// <summary>
    /// 784-10-10, full batch, 700 iterations with α = 0.1: the run that every explanation begins with.
    /// </summary>
    Classic,

    /// <summary>Over 98 % of the test set in a fraction of a second: one epoch of normalised digits.</summary>
    Fast98,

    /// <summary>99 % in about a second: a wider network, four epochs of normalised digits.</summary>
    Fast99,

    /// <summary>About 99.2 % in some seconds: normalised digits, turned and moved afresh in each epoch.</summary>
    Accurate,

    /// <summary>About 99.4 % in minutes: raw digits, bent and moved afresh in each of 70 epochs.</summary>
    Best,
}
