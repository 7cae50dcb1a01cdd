using System.Runtime.Intrinsics;

namespace MnistNet.Kernels;

/// <summary>
/// An update rule for vectors of float32 numbers. <c>Optimizers</c> has the formula of the same name; a test holds the
/// two together. Its constants are worked out once an update, in the constructor.
/// </summary>
internal unsafe interface IUpdateKernel
{
    /// <summary>The parameters after the update, from θ and the mean gradient g.</summary>
    /// <param name="theta">θ.</param>
    /// <param name="g">g, with the term of weight decay.</param>
    /// <param name="first">The first number that the rule remembers of each of these parameters.</param>
    /// <param name="second">The second one.</param>
    public Vector512<float> Update(Vector512<float> theta, Vector512<float> g, float* first, float* second);
}
