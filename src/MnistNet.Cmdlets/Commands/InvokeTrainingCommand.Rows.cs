using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <content>Rows of a sweep as settings: each is one training.</content>
public sealed partial class InvokeTrainingCommand
{
    /// <summary>
    /// A row of settings, of Invoke-TrainingSweep or of its file read by Import-Csv. An empty field is a setting that
    /// was not given; what is typed on the command line takes precedence.
    /// </summary>
    [Parameter(ValueFromPipeline = true)]
    [TrainingRowTransformation]
    public TrainingRow? InputObject { get; set; }

    /// <summary>
    /// The settings of the row. A row of a sweep has every constant: those that the optimiser in force does not look at
    /// are passed over, and so is what describes a new network when one was given.
    /// </summary>
    private GivenSettings RowSettings
    {
        get
        {
            if (InputObject is not TrainingRow row)
            {
                return GivenSettings.Of([]);
            }

            TrainingSettings settings = TypedSettings.Over(row.Select(_ => true)).ToTraining();
            return row.Select(setting
                => (setting.Optimizers.Count == 0 || setting.Optimizers.Contains(settings.Optimizer))
                    && settings.Augmentation >= setting.Augmentation
                    && (Network is null || setting.IsOfTraining));
        }
    }
}
