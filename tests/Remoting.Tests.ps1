#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

# A sweep over PowerShell remoting: an OpenSSH server of the test's own on the loopback address, with its own keys
# and settings in a temporary folder, whose PowerShell subsystem finds the module under test.

BeforeDiscovery {
    $reason = if ($IsWindows) { 'the test starts its own OpenSSH server, which needs Linux or macOS' }
    elseif (-not (Get-Command -Name ssh -CommandType Application -ErrorAction Ignore)) { 'there is no ssh' }
    elseif (-not (Get-Command -Name sshd, /usr/sbin/sshd -CommandType Application -ErrorAction Ignore)) {
        'there is no OpenSSH server (sshd)' }
}

Describe 'A sweep over sessions' -Skip:([bool] $reason) {
    BeforeAll {
        . $PSScriptRoot/Common.ps1

        $folder = (New-Item -ItemType Directory -Path TestDrive:/ssh).FullName
        # pwsh looks for modules in folders of folders; the module under test gets a name there.
        $null = New-Item -ItemType Directory -Path "$folder/modules"
        $null = New-Item -ItemType SymbolicLink -Path "$folder/modules/MnistNet" -Target (Split-Path -Path $ModulePath)
        foreach ($key in 'host', 'user') { ssh-keygen -q -t ed25519 -N '' -f "$folder/$key" }
        Copy-Item -LiteralPath "$folder/user.pub" -Destination "$folder/authorized_keys"

        $listener = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
        $listener.Start()
        $port = $listener.LocalEndpoint.Port
        $listener.Stop()

        # Installed as a .NET tool, pwsh is an assembly that the dotnet host runs.
        $pwsh = [System.Environment]::ProcessPath
        if ((Split-Path -Path $pwsh -LeafBase) -eq 'dotnet') { $pwsh += " $PSHOME/pwsh.dll" }
        Set-Content -LiteralPath "$folder/config" -Value @"
Port $port
ListenAddress 127.0.0.1
HostKey $folder/host
AuthorizedKeysFile $folder/authorized_keys
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
SetEnv PSModulePath=$folder/modules
Subsystem powershell $pwsh -sshs -NoLogo -NoProfile
"@
        # A server started by root insists on this folder.
        if ((id -u) -eq 0) { $null = New-Item -ItemType Directory -Path /run/sshd -Force }
        $sshd = (Get-Command -Name sshd, /usr/sbin/sshd -CommandType Application -ErrorAction Ignore)[0].Source
        $server = Start-Process -FilePath $sshd -ArgumentList '-D', '-e', '-f',
            "$folder/config" -PassThru -RedirectStandardOutput "$folder/out" -RedirectStandardError "$folder/log"
        $options = @{ StrictHostKeyChecking = 'no'; UserKnownHostsFile = '/dev/null'; LogLevel = 'ERROR' }

        function New-LoopbackSession {
            for ($try = 1; ; $try++) {
                try { return New-PSSession -HostName 127.0.0.1 -Port $port -UserName (
                    id -un) -KeyFilePath "$folder/user" -Options $options -ErrorAction Stop }
                catch {
                    # The server may still be starting.
                    if ($try -eq 20 -or $server.HasExited) { throw "$_ $(Get-Content -LiteralPath "$folder/log" -Raw)" }
                    Start-Sleep -Milliseconds 250
                }
            }
        }

        $sweep = @{
            Data       = Import-Mnist -Synthetic -Count 300 -Seed 1
            Alpha      = 0.05, 0.2
            Hidden     = 10, '12-8'
            Seed       = 1..3
            Iterations = 40
        }
        $local = Invoke-TrainingSweep @sweep
        $bits = { param($rows) $rows | Sort-Object -Property Hidden, Alpha, Seed |
            ForEach-Object { "$($_.Hidden) $($_.Alpha) $($_.Seed) $($_.NetworkFingerprint) $($_.TestAccuracy)" } }
    }

    It 'gives the same bits as here' {
        $sessions = (New-LoopbackSession), (New-LoopbackSession)
        $remote = Invoke-TrainingSweep @sweep -Session $sessions
        $remote.Count | Should -Be 12
        $remote.Error | Should -Be (, '' * 12)
        & $bits $remote | Should -Be (& $bits $local)
        # The digits stay there for the next sweep.
        Invoke-TrainingSweep @sweep -Session $sessions[0] -Verbose 4>&1 | Out-String |
            Should -Match 'digits are there already'
        $sessions | Remove-PSSession
    }

    It 'goes on without a session that dies in the middle, and loses no run' {
        $mortal, $steady = (New-LoopbackSession), (New-LoopbackSession)
        $other = Invoke-Command -Session $mortal -ScriptBlock { $PID }
        $warnings = $null
        $killed = $false
        # Long enough that the session dies in the middle of a run.
        $sweep.Iterations = 2000
        $remote = Invoke-TrainingSweep @sweep -Session $mortal,
            $steady -WarningVariable warnings -WarningAction SilentlyContinue | ForEach-Object {
            if (-not $killed) {
                Stop-Process -Id $other -Force
                $killed = $true
            }
            $_
        }
        $remote.Count | Should -Be 12
        $remote.Error | Should -Be (, '' * 12)
        & $bits $remote | Should -Be (& $bits (Invoke-TrainingSweep @sweep))
        "$warnings" | Should -Match '127.0.0.1 is out of the sweep; its run is given to another'
        $mortal, $steady | Remove-PSSession
    }

    It 'ends with an error when the last session dies, and the rows so far are kept' {
        $session = New-LoopbackSession
        $other = Invoke-Command -Session $session -ScriptBlock { $PID }
        $file = "$folder/runs.csv"
        $rows = [System.Collections.Generic.List[object]]::new()
        {
            Invoke-TrainingSweep @sweep -Session $session -ResultPath $file -WarningAction SilentlyContinue |
                ForEach-Object {
                if ($rows.Count -eq 0) { Stop-Process -Id $other -Force }
                $rows.Add($_)
            }
        } | Should -Throw -ErrorId 'AllWorkersLost,*'
        @(Import-Csv -LiteralPath $file).Count | Should -Be $rows.Count
        $rows.Count | Should -BeIn (1..11)
        $session | Remove-PSSession
    }

    It 'refuses a host without the module' {
        $session = New-LoopbackSession
        Invoke-Command -Session $session -ScriptBlock { $env:PSModulePath = '/nowhere' }
        { Invoke-TrainingSweep @sweep -Session $session -WarningAction SilentlyContinue } |
            Should -Throw '*has no module MnistNet that can be imported*'
        $session | Remove-PSSession
    }

    It 'refuses a host with another build of the module' {
        $session = New-LoopbackSession
        Invoke-Command -Session $session -ScriptBlock {
            # A module of the same name with another engine in it.
            $null = New-Module -Name MnistNet -ScriptBlock {
                Add-Type -TypeDefinition 'namespace MnistNet { public class Network { } }' } | Import-Module
        }
        { Invoke-TrainingSweep @sweep -Session $session -WarningAction SilentlyContinue } |
            Should -Throw '*has another build of MnistNet*'
        $session | Remove-PSSession
    }

    AfterAll {
        if ($server -and -not $server.HasExited) { $server | Stop-Process }
    }
}

Describe 'A sweep over sessions, where it cannot be tried' -Skip:(-not $reason) {
    It 'is skipped: <_>' -ForEach $reason {
        Set-ItResult -Skipped -Because $_
    }
}
