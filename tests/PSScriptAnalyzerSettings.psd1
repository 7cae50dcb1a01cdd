# What ./build.ps1 Lint holds the scripts to: every rule of PSScriptAnalyzer but these.
@{
    ExcludeRules = @(
        # The scripts' own small functions read well with their arguments in order.
        'PSAvoidUsingPositionalParameters'
        # PowerShell 7 reads scripts as UTF-8.
        'PSUseBOMForUnicodeEncodedFile'
        # Pester's blocks and scripts that are dot-sourced set variables for others to read.
        'PSUseDeclaredVarsMoreThanAssignments'
        # Tasks and the picture's script speak to the person who runs them.
        'PSAvoidUsingWriteHost'
        # The functions that change something are the scripts' own, and nobody asks them what if.
        'PSUseShouldProcessForStateChangingFunctions'
        # Helpers of one test file, named for what they return.
        'PSUseSingularNouns'
        # A script's parameter that its tasks read.
        'PSReviewUnusedParameter'
        # Script blocks given to a remoting session set their own variables.
        'PSUseUsingScopeModifierInNewRunspaces'
        # A test of what a session shows sets what a session has.
        'PSAvoidGlobalVars'
    )
}
