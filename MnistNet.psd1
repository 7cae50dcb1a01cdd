@{
    RootModule           = 'module/MnistNet.psm1'
    # Stamped by build.ps1 from Directory.Build.props, the one place of the version.
    ModuleVersion        = '0.2.0'
    GUID                 = '15f5875a-d919-499b-82f3-7ee3ea60e132'
    Author               = 'The MnistNet founders'
    CompanyName          = 'The MnistNet founders'
    Copyright            = 'The MnistNet founders. MIT licence.'
    Description          = 'Train, measure and take apart a neural network on MNIST digits, as objects in a PowerShell pipeline. The engine is written from scratch, fast, repeatable to the bit, and every number of its mathematics can be looked at.'

    PowerShellVersion    = '7.6'
    CompatiblePSEditions = @('Core')

    FormatsToProcess     = @('module/MnistNet.Format.ps1xml')

    FunctionsToExport    = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
    # A line each, in the order of the alphabet; a test compares them with what the assembly holds.
    CmdletsToExport      = @(
        'Convert-Digit'
        'ConvertTo-Matrix'
        'Export-Digit'
        'Export-Network'
        'Export-TrainingReport'
        'Find-LearningRate'
        'Get-Attribution'
        'Get-Digit'
        'Get-Prediction'
        'Get-Recipe'
        'Import-Digit'
        'Import-Mnist'
        'Import-Network'
        'Invoke-Backpropagation'
        'Invoke-ForwardPropagation'
        'Invoke-Training'
        'Invoke-TrainingSweep'
        'Measure-Network'
        'Measure-Sweep'
        'New-Network'
        'Show-Digit'
        'Show-Network'
        'Show-TrainingHistory'
        'Test-Gradient'
        'Trace-Prediction'
        'Update-Network'
    )

    PrivateData          = @{
        PSData = @{
            Tags         = @('MNIST', 'NeuralNetwork', 'MachineLearning', 'DeepLearning', 'Education',
                             'Linux', 'macOS', 'Windows')
            LicenseUri   = 'https://opensource.org/license/mit'
            ReleaseNotes = 'See CHANGELOG.md in the module''s folder.'
        }
    }
}
