namespace MnistNet;

/// <summary>
/// What the recipes consist of. They were chosen on a share of MNIST's training set that was held out.
/// </summary>
public static class Recipes
{
    private static readonly RecipeDescription[] Descriptions =
    [
        new()
        {
            Recipe = Recipe.Classic,
            Hidden = [10],
            Settings = new TrainingSettings(),
            Seeds = 10,
            TestAccuracy = 0.9127,
            LowestAccuracy = 0.9092,
            Seconds = 4.5,
        },
        new()
        {
            Recipe = Recipe.Fast98,
            Hidden = [128],
            Preprocessing = Preprocessing.MomentNormalization,
            Settings = OneCycle(epochs: 1, batchSize: 128, alpha: 0.02),
            Seeds = 10,
            TestAccuracy = 0.9836,
            LowestAccuracy = 0.9828,
            Seconds = 0.26,
        },
        new()
        {
            Recipe = Recipe.Fast99,
            Hidden = [512],
            Preprocessing = Preprocessing.MomentNormalization,
            Settings = OneCycle(epochs: 4, batchSize: 256, alpha: 0.01),
            Seeds = 10,
            TestAccuracy = 0.9903,
            LowestAccuracy = 0.9895,
            Seconds = 1.1,
        },
        new()
        {
            Recipe = Recipe.Accurate,
            Hidden = [512],
            Preprocessing = Preprocessing.MomentNormalization,
            Settings = OneCycle(epochs: 24, batchSize: 256, alpha: 0.005) with { Augmentation = Augmentation.Affine },
            Seeds = 10,
            TestAccuracy = 0.9935,
            LowestAccuracy = 0.9931,
            Seconds = 12.4,
        },
        new()
        {
            Recipe = Recipe.Best,
            Hidden = [1024, 512],
            Settings = OneCycle(epochs: 70, batchSize: 256, alpha: 0.003) with { Augmentation = Augmentation.Elastic },
            Seeds = 3,
            TestAccuracy = 0.9942,
            LowestAccuracy = 0.9937,
            Seconds = 184,
        },
    ];

    /// <summary>All recipes, from the simplest to the most accurate.</summary>
    public static IReadOnlyList<RecipeDescription> All => Descriptions;

    /// <summary>What a recipe consists of, and what it gave on MNIST.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such recipe.</exception>
    public static RecipeDescription Describe(this Recipe recipe)
        => Array.Find(Descriptions, description => description.Recipe == recipe)
            ?? throw new ArgumentOutOfRangeException(nameof(recipe), recipe, null);

    /// <summary>The settings of a recipe.</summary>
    public static TrainingSettings GetSettings(this Recipe recipe) => recipe.Describe().Settings;

    /// <summary>The widths of the hidden layers that a recipe is meant for.</summary>
    public static int[] GetHidden(this Recipe recipe) => [.. recipe.Describe().Hidden];

    /// <summary>The preprocessing that a recipe is meant for.</summary>
    public static Preprocessing GetPreprocessing(this Recipe recipe) => recipe.Describe().Preprocessing;

    private static TrainingSettings OneCycle(int epochs, int batchSize, double alpha) => new()
    {
        Optimizer = Optimizer.Adam,
        Schedule = Schedule.OneCycle,
        Alpha = alpha,
        BatchSize = batchSize,
        Epochs = epochs,
        LabelSmoothing = 0.05,
    };
}
