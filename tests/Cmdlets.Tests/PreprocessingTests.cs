using System.Text.RegularExpressions;

namespace MnistNet.Cmdlets.Tests;

public sealed class PreprocessingTests : IDisposable
{
    private readonly ModuleShell _shell = new(width: 80);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mnistnet-");

    public PreprocessingTests() => _shell.Run("$data = Import-Mnist -Synthetic -Count 200");

    public void Dispose()
    {
        _shell.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void A_network_is_made_with_preprocessing_and_keeps_it_in_training_and_in_its_file()
    {
        _shell["file"] = Path.Combine(_folder.FullName, "n.safetensors");
        _shell.Run("""
            $run = New-Network -Preprocessing MomentNormalization | Invoke-Training -Data $data -Iterations 3
            $run | Export-Network $file
            $loaded = Import-Network $file
            $made = $data | Invoke-Training -Preprocessing MomentNormalization -Iterations 3
            """);

        Assert.Equal(Preprocessing.MomentNormalization, _shell.Get<TrainingResult>("run").Network.Preprocessing);
        Assert.Equal(Preprocessing.MomentNormalization, _shell.Get<Network>("loaded").Preprocessing);
        Assert.Equal(_shell.Get<TrainingResult>("run").Loss, _shell.Get<TrainingResult>("made").Loss);
        string said = _shell.Run("\"$loaded\"").Single<string>();
        Assert.Equal("784-10-10 ReLU, MomentNormalization", said);
    }

    [Fact]
    public void A_network_that_is_given_has_its_preprocessing_already()
        => Assert.Equal(
            "SettingOfANewNetwork",
            _shell.Attempt("New-Network | Invoke-Training -Data $data -Preprocessing MomentNormalization").ErrorId);

    [Fact]
    public void The_steps_show_what_the_network_sees()
    {
        _shell.Run("""
            $digit = $data.Train | Get-Digit 3
            $pass = $digit | Invoke-ForwardPropagation -Network (New-Network -Preprocessing MomentNormalization)
            $seen = $digit | Convert-Digit -Preprocessing MomentNormalization | ConvertTo-Matrix
            """);
        Assert.True(_shell.Run("\"$($pass.X.ToArray())\" -eq \"$($seen.ToArray())\"").Single<bool>());
    }

    [Fact]
    public void A_sweep_varies_preprocessing_and_augmentation()
    {
        SweepRun[] runs = _shell.Run("""
            $settings = @{ Preprocessing = 'None', 'MomentNormalization'; Augmentation = 'None', 'Shift' }
            $data | Invoke-TrainingSweep @settings -BatchSize 50 -Epochs 1
            """).All<SweepRun>();

        Assert.Equal(4, runs.Length);
        Assert.Equal(4, runs.Select(run => run.NetworkFingerprint).Distinct().Count());
        Assert.Equal(2, runs.Count(run => run.Augmentation == Augmentation.Shift));
    }

    [Fact]
    public void Augmentation_changes_what_is_learned_and_its_strengths_count()
    {
        double[] losses = _shell.Run("""
            $settings = @{ Data = $data; BatchSize = 50; Epochs = 2; Augmentation = 'Elastic' }
            (Invoke-Training @settings).Loss
            (Invoke-Training @settings).Loss
            $none = @{ MaximumShift = 0; MaximumRotation = 0; MaximumScaling = 0; MaximumShear = 0; Elasticity = 0 }
            (Invoke-Training @settings @none).Loss
            $settings.Augmentation = 'None'
            (Invoke-Training @settings).Loss
            """).All<double>();

        Assert.Equal(losses[0], losses[1]);
        Assert.NotEqual(losses[0], losses[2]);
        Assert.Equal(losses[2], losses[3]);
    }

    [Theory]
    [InlineData("-Elasticity 2", "SettingOfAnotherAugmentation")]
    [InlineData("-Augmentation Shift -MaximumRotation 5", "SettingOfAnotherAugmentation")]
    [InlineData("-Augmentation Affine -Smoothness 5", "SettingOfAnotherAugmentation")]
    [InlineData("-Augmentation Shift -MaximumShift 15", "ParameterArgumentValidationError")]
    [InlineData("-Augmentation Elastic -Elasticity 11", "ParameterArgumentValidationError")]
    public void Strengths_out_of_place_or_out_of_range_are_refused(string settings, string errorId)
    {
        Assert.Equal(errorId, _shell.Attempt($"$data | Invoke-Training {settings}").ErrorId);
        Assert.Equal(errorId, _shell.Attempt($"$data.Train | Get-Digit 0 | Convert-Digit {settings}").ErrorId);
    }

    [Fact]
    public void Convert_Digit_shows_each_epoch_of_each_digit_and_keeps_a_set_a_set()
    {
        Digit[] digits = _shell.Run(
            "$data.Train | Get-Digit 3, 7 | Convert-Digit -Augmentation Elastic -Epoch 1, 2, 3").All<Digit>();
        Assert.Equal([3, 3, 3, 7, 7, 7], digits.Select(digit => digit.Index));
        Assert.Equal(6, digits.Select(digit => Convert.ToHexString(digit.Pixels)).Distinct().Count());

        DigitSet[] sets = _shell.Run("$data | Convert-Digit -Augmentation Elastic -Epoch 1, 3").All<DigitSet>();
        Assert.Equal(2, sets.Length);
        Assert.Equal(digits[0].Pixels, sets[0][3].Pixels);
        Assert.Equal(digits[5].Pixels, sets[1][7].Pixels);
    }

    [Fact]
    public void Every_line_of_the_lesson_on_moments_runs()
    {
        string page = File.ReadAllText(Path.Combine(StagedModule.Root, "docs", "moments.md"));
        const RegexOptions Lines = RegexOptions.Multiline | RegexOptions.Singleline;
        MatchCollection blocks = Regex.Matches(page, "(?<=^```powershell\n).*?(?=^```$)", Lines);
        string lesson = string.Concat(blocks.Select(block => block.Value));
        Assert.Contains("Convert-Digit", lesson, StringComparison.Ordinal);
        _shell.Run(lesson.Replace("Import-Mnist", "Import-Mnist -Synthetic -Count 60", StringComparison.Ordinal));
    }

    [Fact]
    public void Get_Recipe_tells_of_all_or_of_those_that_are_named()
    {
        Assert.Equal(Enum.GetValues<Recipe>(), _shell.Run("Get-Recipe").All<RecipeDescription>().Select(r => r.Recipe));
        RecipeDescription[] named = _shell.Run("'Best', 'Classic' | Get-Recipe").All<RecipeDescription>();
        Assert.Equal([Recipe.Best, Recipe.Classic], named.Select(recipe => recipe.Recipe));
        Assert.All(_shell.Print("Get-Recipe"), line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public void A_recipe_brings_its_preprocessing_and_augmentation_and_what_is_given_takes_precedence()
    {
        _shell.Run("""
            $settings = @{ Recipe = 'Accurate'; BatchSize = 50; Epochs = 1 }
            $run = $data | Invoke-Training @settings
            $other = $data | Invoke-Training @settings -Augmentation None -Preprocessing None
            """);
        TrainingResult run = _shell.Get<TrainingResult>("run"), other = _shell.Get<TrainingResult>("other");
        Assert.Equal(Recipe.Accurate.GetPreprocessing(), run.Network.Preprocessing);
        Assert.Equal(Recipe.Accurate.GetSettings().Augmentation, run.Settings.Augmentation);
        Assert.Equal(Preprocessing.None, other.Network.Preprocessing);
        Assert.Equal(Augmentation.None, other.Settings.Augmentation);
    }
}
