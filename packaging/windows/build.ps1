# Makes the release for Windows: the frozen folder, and an installer of it.
#
#   powershell -File packaging\windows\build.ps1
#
# It needs Python 3.11 to 3.13, git and Inno Setup 6. Programs and installer are signed where these are set:
#   KETACHART_SIGN_PFX        a certificate with its key, as a file
#   KETACHART_SIGN_PASSWORD   what opens it
#   KETACHART_SIGN_SHA1       or, in place of both: the thumbprint of a certificate on a token
#   KETACHART_SIGN_TIME       the address of a time stamping authority; the only network it uses
$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest

$root = Split-Path -Parent (Split-Path -Parent $PSScriptRoot)
$out = Join-Path $root 'build\release'

function Find-Tool([string] $name, [string[]] $places) {
    $found = Get-Command $name -ErrorAction SilentlyContinue
    if ($found) { return $found.Source }
    foreach ($place in $places) {
        $file = Get-Item $place -ErrorAction SilentlyContinue | Sort-Object FullName | Select-Object -Last 1
        if ($file) { return $file.FullName }
    }
    throw "$name was not found. Install it, then run this again."
}

function Get-SignWords {
    $words = @('sign', '/fd', 'SHA256')
    if ($env:KETACHART_SIGN_TIME) { $words += @('/tr', $env:KETACHART_SIGN_TIME, '/td', 'SHA256') }
    if ($env:KETACHART_SIGN_SHA1) { return $words + @('/sha1', $env:KETACHART_SIGN_SHA1) }
    if ($env:KETACHART_SIGN_PFX) {
        return $words + @('/f', $env:KETACHART_SIGN_PFX, '/p', $env:KETACHART_SIGN_PASSWORD)
    }
    return @()
}

function Invoke-Sign([string[]] $files) {
    $words = @(Get-SignWords)
    if ($words.Count -eq 0) { return }
    $signtool = Find-Tool 'signtool.exe' @('C:\Program Files (x86)\Windows Kits\10\bin\*\x64\signtool.exe')
    & $signtool @words @files
    if ($LASTEXITCODE) { throw 'signtool said no.' }
}

Push-Location $root
try {
    & python dev.py release
    if ($LASTEXITCODE) { throw 'The program was not frozen; the words above say why.' }
    $folder = Get-ChildItem $out -Directory -Filter 'ketachart-*-windows-*' | Select-Object -First 1
    $version = ($folder.Name -split '-')[1]
    Invoke-Sign @(Get-ChildItem $folder.FullName -Filter '*.exe' | ForEach-Object FullName)

    $iscc = Find-Tool 'iscc.exe' @('C:\Program Files (x86)\Inno Setup 6\ISCC.exe')
    $words = @("/DVersion=$version", "/DFolder=$($folder.FullName)", "/DOut=$out", "/DName=$($folder.Name)")
    & $iscc @words (Join-Path $PSScriptRoot 'ketachart.iss')
    if ($LASTEXITCODE) { throw 'The installer was not made.' }
    $setup = Join-Path $out "$($folder.Name).exe"
    Invoke-Sign @($setup)

    # the sums are of what is given out, signed
    Get-ChildItem $out -File | Where-Object Name -ne 'SHA256SUMS' | Sort-Object Name | ForEach-Object {
        "$((Get-FileHash $_.FullName -Algorithm SHA256).Hash.ToLower())  $($_.Name)"
    } | Set-Content (Join-Path $out 'SHA256SUMS') -Encoding ascii
}
finally {
    Pop-Location
}
