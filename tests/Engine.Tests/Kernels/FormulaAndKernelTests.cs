using MnistNet.Kernels;

namespace MnistNet.Tests;

/// <summary>
/// Each optimiser and each activation stands twice: as a formula in float64, and as a kernel in float32. Here they
/// meet.
/// </summary>
public sealed unsafe class FormulaAndKernelTests
{
    private const int Length = 64;

    public static TheoryData<Optimizer> Optimizers => [.. Enum.GetValues<Optimizer>()];

    public static TheoryData<Activation> Activations => [.. Enum.GetValues<Activation>()];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void The_kernel_of_an_optimiser_does_what_its_formula_says(Optimizer optimizer)
    {
        var random = new Random(1);
        UpdateFormula formula = UpdateFormula.Of(optimizer);
        using AlignedBuffer<float> theta = Filled(random, 1), gradient = Filled(random, 50);
        using AlignedBuffer<float> first = new(Length), second = new(Length);
        double[] expected = [.. theta.Span.ToArray().Select(value => (double)value)];
        double[][] states = [.. expected.Select(_ => new double[formula.StateCount])];
        var constants = new OptimizerConstants(
            Momentum: 0.8, Beta1: 0.85, Beta2: 0.97, Epsilon: 1e-4, WeightDecay: 0.05);
        for (int t = 1; t <= 20; t++)
        {
            bool isWeight = t % 2 == 0;
            var step = new UpdateStep(
                optimizer, constants, 0.02 / t, images: 50, Math.Pow(constants.Beta1, t), Math.Pow(constants.Beta2, t));
            double squares = 0;
            for (int i = 0; i < Length; i++)
            {
                gradient.Pointer[i] = (float)((random.NextDouble() - 0.5) * 100);
                squares += Math.Pow(gradient.Pointer[i] / 50, 2);
                expected[i] = formula.Update(expected[i], gradient.Pointer[i], isWeight, states[i], step);
            }

            double found = UpdateKernel.Apply(
                step, theta.Pointer, gradient.Pointer, first.Pointer, second.Pointer, Length, isWeight);

            Assert.Equal(1, found / squares, 1e-5);
            Assert.All(gradient.Span.ToArray(), value => Assert.Equal(0, value));
            for (int i = 0; i < Length; i++)
            {
                Assert.Equal(expected[i], theta.Pointer[i], 2e-6);
            }
        }

        Assert.NotEqual(formula.StateCount > 0, first.Span.ToArray().All(value => value == 0));
        Assert.NotEqual(formula.StateCount > 1, second.Span.ToArray().All(value => value == 0));
    }

    [Theory]
    [MemberData(nameof(Activations))]
    public void The_kernel_of_an_activation_does_what_its_formula_says(Activation activation)
    {
        using AlignedBuffer<float> values = Filled(new Random(2), 12), deltas = Filled(new Random(3), 5);
        values.Pointer[0] = 0;
        values.Pointer[1] = 200;
        values.Pointer[2] = -200;
        Matrix z = Matrix.FromRowMajor(1, Length, values.Span, "Z");
        Matrix da = Matrix.FromRowMajor(1, Length, deltas.Span, "dA");

        ActivationKernel.Apply(activation, values.Pointer, Length);
        ActivationKernel.MultiplyByDerivative(activation, values.Pointer, deltas.Pointer, Length);

        Matrix a = z.Apply(activation), dz = da.Hadamard(z.Derivative(activation));
        for (int i = 0; i < Length; i++)
        {
            Assert.Equal(a[0, i], values.Pointer[i], 1e-6 * Math.Max(1, Math.Abs(a[0, i])));
            Assert.Equal(dz[0, i], deltas.Pointer[i], 2e-6);
        }
    }

    [Theory]
    [MemberData(nameof(Activations))]
    public void Not_a_number_stays_so_through_every_activation(Activation activation)
    {
        using AlignedBuffer<float> values = Filled(new Random(2), 12);
        values.Pointer[5] = float.NaN;

        ActivationKernel.Apply(activation, values.Pointer, Length);

        Assert.Equal(5, Array.FindIndex(values.Span.ToArray(), float.IsNaN));
    }

    [Fact]
    public void Every_formula_has_a_kernel_of_its_name_and_every_kernel_a_formula()
    {
        Type[] all = typeof(UpdateKernel).Assembly.GetTypes();
        string[] Names(Func<Type, bool> isOne, string ending)
            =>
            [
                .. all.Where(type => !type.IsAbstract && isOne(type))
                    .Select(type => type.Name.Replace(ending, "", StringComparison.Ordinal)).Order(),
            ];

        Assert.Equal(
            Enum.GetNames<Optimizer>().Order(), Names(type => type.IsAssignableTo(typeof(UpdateFormula)), "Formula"));
        Assert.Equal(
            Enum.GetNames<Optimizer>().Order(), Names(type => type.IsAssignableTo(typeof(IUpdateKernel)), "Kernel"));
        Assert.Equal(
            Enum.GetNames<Activation>().Order(),
            Names(type => type.IsAssignableTo(typeof(ActivationFormula)), "Formula"));
        Assert.Equal(
            Enum.GetNames<Activation>().Order(),
            Names(type => type.IsAssignableTo(typeof(IActivationKernel)), "Kernel"));
    }

    [Fact]
    public void An_unknown_one_is_refused_and_not_taken_for_another()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => UpdateFormula.Of((Optimizer)99));
        Assert.Throws<ArgumentOutOfRangeException>(() => ActivationFormula.Of((Activation)99));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRate.At((Schedule)99, 1, 0, 0, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => ActivationKernel.Apply((Activation)99, null, 0));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => ActivationKernel.MultiplyByDerivative((Activation)99, null, null, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Network.Create([5], initializer: (Initializer)99));
    }

    private static AlignedBuffer<float> Filled(Random random, double scale)
    {
        var buffer = new AlignedBuffer<float>(Length);
        foreach (ref float value in buffer.Span)
        {
            value = (float)((random.NextDouble() - 0.5) * scale);
        }

        return buffer;
    }
}
